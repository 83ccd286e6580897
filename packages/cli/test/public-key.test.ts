import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { mindbridge } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a key file that is a link to nothing is wrong use", async () => {
  const file = join(folder, "link");
  symlinkSync(join(folder, "nowhere"), file);
  const { code, stdout, stderr } = await mindbridge(["public-key", "--key-file", file]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe(`The signing key leads nowhere: ${file} is a link. Remove it, or give another --key-file.\n`);
});

test("a folder that cannot be made is wrong use", async () => {
  const parent = join(folder, "parent");
  symlinkSync(join(folder, "nowhere"), parent);
  const { code, stderr } = await mindbridge(["public-key", "--key-file", join(parent, "key")]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `The signing key could not be kept (ENOENT): ${join(parent, "key")}\n`,
  });
});

test("control characters in the name of the key file are escaped", async () => {
  const file = join(folder, "\u001b[2Jkey\u202e");
  const made = await mindbridge(["public-key", "--key-file", file]);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining("\\u{1b}[2Jkey\\u{202e}") });
  const used = await mindbridge(["trigger", "analysis.failed", "--to", "http://127.0.0.1:1", "--key-file", file]);
  expect(`${made.stderr}${used.stdout}${used.stderr}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("XDG_CONFIG_HOME says where the key pair is, unless it is relative", async () => {
  const given = (XDG_CONFIG_HOME: string) => ({ cwd: folder, env: { HOME: join(folder, "home"), XDG_CONFIG_HOME } });
  const absolute = join(folder, "config");
  expect(await mindbridge(["public-key"], given(absolute))).toMatchObject({ code: 0 });
  expect(existsSync(join(absolute, "mindbridge/signing-key"))).toBe(true);
  expect(await mindbridge(["public-key"], given("relative"))).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, "relative"))).toBe(false);
  expect(existsSync(join(folder, "home/.config/mindbridge/signing-key"))).toBe(true);
});
