import { readFileSync } from "node:fs";
import { COMMAND_NAMES } from "@mindbridge-sdk/generator/command-names";
import { expect, test } from "vitest";
import { RESOURCES } from "../src/generated/operations.ts";
import { mindbridge } from "./command.ts";

/** The names in the list of commands of a help. */
function commandsIn(help: string): string[] {
  const [, list = ""] = /^Commands:\n(.*?)\n\n/ms.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([^\s|]+)/gm)].map(([, name = ""]) => name);
}

test("the generator knows every command that is no operation", async () => {
  const { stdout } = await mindbridge(["--help"]);
  const own = commandsIn(stdout).filter((name) => !RESOURCES.some(({ word }) => word === name));
  expect(own.toSorted()).toEqual(COMMAND_NAMES[""]);
  for (const { word, operations } of RESOURCES) {
    const { stdout: help } = await mindbridge([word, "--help"]);
    const others = commandsIn(help).filter((name) => name !== "help" && !operations.some((each) => each.word === name));
    expect(others).toEqual(COMMAND_NAMES[word] ?? []);
  }
});

test("--help lists the commands, the exit codes and the variables", async () => {
  const { code, stdout, stderr } = await mindbridge(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const word of ["mock", "MINDBRIDGE_API_URL", "MINDBRIDGE_API_TOKEN", "130  interrupted"]) {
    expect(stdout).toContain(word);
  }
  expect(stdout).not.toContain("\u001b");
});

test("every command has examples in its --help, which fits into 80 columns", async () => {
  const without: string[] = [];
  const tooLong: string[] = [];
  const visit = async (words: readonly string[]): Promise<void> => {
    const { stdout } = await mindbridge([...words, "--help"]);
    if (!/^Examples?:\n {2}\$ .*mindbridge /m.test(stdout) || stdout.includes("default: []"))
      without.push(words.join(" "));
    const isPublished = ["webhooks", "webhook-event-logs"].includes(words[0] ?? "");
    // Some lines of an added operation cannot be broken: a long name of a flag, or a long value, such as a UUID or an object.
    const isBroken = (line: string): boolean =>
      isPublished || !/^ +(?:\$ mindbridge \w\S* \w|--\S+ '|--\S+ <[^>]+>$)/.test(line);
    tooLong.push(...stdout.split("\n").filter((line) => line.length > 80 && isBroken(line)));
    for (const name of commandsIn(stdout)) if (name !== "help") await visit([...words, name]);
  };
  await visit([]);
  expect({ without, tooLong }).toEqual({ without: [], tooLong: [] });
});

test("help says the same as --help", async () => {
  for (const words of [[], ["listen"], ["webhooks"], ["webhooks", "create"]]) {
    expect(await mindbridge(["help", ...words])).toEqual(await mindbridge([...words, "--help"]));
  }
  expect(await mindbridge(["help", "help"])).toMatchObject({ code: 0 });
  expect(await mindbridge(["webhooks", "help", "get"])).toEqual(await mindbridge(["webhooks", "get", "--help"]));
});

test("listen says that its --json is a document for each delivery", async () => {
  expect((await mindbridge(["listen", "--help"])).stdout).toMatch(/--json +print a JSON document for each delivery/);
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await mindbridge(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
  [["mok"], "unknown command 'mok'\n(Did you mean mock?)"],
  [["help", "mok"], "unknown command 'mok'\n(Did you mean mock?)"],
  [["help", "webhooks", "got"], "unknown command 'got'\n(Did you mean get?)"],
  [["webhooks", "help", "got"], "unknown command 'got'\n(Did you mean get?)"],
  [["mock", "--prot", "1"], "unknown option '--prot'\n(Did you mean --port?)"],
  [["mock", "--port", "http"], "Give a whole number from 0 to 65535."],
  [["mock", "more"], "too many arguments"],
  [["trigger", "--to", "http://127.0.0.1:1", "--tolerance", "Infinity"], "Give a whole number from 0 to 999999999."],
])("%j is wrong use: exit code 2, and nothing on stdout", async (args, message) => {
  const { code, stdout, stderr } = await mindbridge(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test.each([
  ["S3CRET"],
  ["S3CRET'\n(Did you mean"],
  ["--S3CRET"],
  ["login", "S3CRET"],
  ["login", "--token=S3CRET'\n"],
  ["webhooks", "list", "S3CRET"],
  ["webhooks", "S3CRET"],
  ["webhooks", "list", "--token", "S3CRET"],
  ["webhooks", "list", "--json", "--token=S3CRET"],
])("a value that has no place is not repeated: %j", async (...args) => {
  const { code, stdout, stderr } = await mindbridge(args);
  expect(code).toBe(2);
  expect(`${stdout}${stderr}`).not.toContain("S3CRET");
});

test.each([
  ["mo\u001b[2Jck"],
  ["mock", "--p\u001b[2Jort"],
  ["mock", "--port", "\u009b2J\u202e"],
  ["webhooks", "get", "1", "--api-url", "\u001b[2J"],
  ["webhooks", "create", "--data", "@\u001b[2J"],
  ["trigger", "analysis.\u001b[2J", "--to", "http://127.0.0.1:1", "--key-file", "/dev/null/\u001b[2J"],
  ["trigger", "--to", "\u001b[2J", "--all"],
  ["listen", "--save", "/dev/null/\u001b[2J"],
  ["verify", "--key", "@\u001b[2J", "--headers", "\u001b[2J", "--body", "-"],
  ["public-key", "--key-file", "/dev/null/\u001b[2J"],
])("control characters of an argument are escaped: %j", async (...args) => {
  const { code, stdout, stderr } = await mindbridge(args);
  expect(code).not.toBe(0);
  expect(`${stdout}${stderr}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("with --json, wrong use is one JSON document as well", async () => {
  const { code, stdout } = await mindbridge(["mock", "--json", "--port", "http"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { name: "UsageError", code: "usage", message: expect.stringMatching(/^option '--port <number>' argument/) },
  });
});

test("the README names every command that is written by hand, and those of webhooks", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const { stdout } = await mindbridge(["--help"]);
  const [, list = ""] = /^Commands:\n(.*?)\n\n/ms.exec(stdout) ?? [];
  const commands = [...list.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
  // The commands of a resource that the document gains are in the help alone.
  const generated = RESOURCES.map(({ word }) => word).filter((word) => !word.startsWith("webhook"));
  const due = commands.filter((name) => !generated.includes(name ?? ""));
  expect(due).toContain("webhook-event-logs");
  expect(due.filter((name) => !readme.includes(`\`mindbridge ${name}`) && !readme.includes(`\`${name} `))).toEqual([]);
});

test("at the start, it loads one file, and modules that Node has loaded by itself", () => {
  const main = readFileSync(new URL("../dist/main.js", import.meta.url), "utf8");
  // Those that wait, `import("…")`, have a parenthesis. A parameter may be called `from`: what follows it is the name of no module.
  const imported = [...main.matchAll(/\b(?:from|import)\s*"([\w@./:-]+)"/g)].map(([, name]) => name);
  expect(new Set(imported)).toEqual(new Set(["node:events", "node:path"]));
});
