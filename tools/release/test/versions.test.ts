import { expect, test } from "vitest";
import { setInfoVersion } from "../src/versions.ts";

test("sets the version, and changes nothing else", () => {
  const text = (version: string): string =>
    `# Why\nopenapi: 3.1.1\ninfo:\n  title:   'version: 1.0.0' # a name\n  version: ${version}   # set by the release\n\nx: {version: 1.0.0}\n`;
  expect(setInfoVersion(text('"1.0.0"'), "1.1.0")).toBe(text("1.1.0"));
});

test("names `info.version` if it is missing", () => {
  expect(() => setInfoVersion("openapi: 3.1.1\n", "1.0.0")).toThrow("`info.version`");
});
