import { expect, test } from "vitest";
import { setInfoVersion } from "../src/info-version.ts";

test("changes nothing but the version", () => {
  const text = (version: string): string =>
    `# Why\nopenapi: 3.1.1\ninfo:\n  title:   'version: 1.0.0' # a name\n  version: ${version}   # set by the release\n\nx: {version: 1.0.0}\n`;
  expect(setInfoVersion(text('"1.0.0"'), "1.1.0")).toBe(text("1.1.0"));
});

test("says what is missing", () => {
  expect(() => setInfoVersion("openapi: 3.1.1\n", "1.0.0")).toThrow("`info.version`");
});
