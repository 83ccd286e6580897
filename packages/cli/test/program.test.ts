import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mindbridge } from "./command.ts";

test("--help says what there is, what the exit codes mean and what is read from the environment", async () => {
  const { code, stdout, stderr } = await mindbridge(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const word of ["mock", "MINDBRIDGE_API_URL", "MINDBRIDGE_API_TOKEN", "130  interrupted"]) {
    expect(stdout).toContain(word);
  }
  expect(stdout).not.toContain("\u001b");
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await mindbridge(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
  [["mok"], "unknown command 'mok'\n(Did you mean mock?)"],
  [["mock", "--prot", "1"], "unknown option '--prot'\n(Did you mean --port?)"],
  [["mock", "--port", "http"], "Give a number from 0 to 65535."],
  [["mock", "more"], "too many arguments"],
])("%j is wrong use: exit code 2, and nothing on stdout", async (args, message) => {
  const { code, stdout, stderr } = await mindbridge(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("with --json, wrong use is one JSON document as well", async () => {
  const { code, stdout } = await mindbridge(["mock", "--json", "--port", "http"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { name: "CommanderError", code: "commander.invalidArgument" } });
});
