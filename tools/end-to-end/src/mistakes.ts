/**
 * Compiles the mistakes that the guides list, and throws if the compiler says something else of one than the guides do. Started in
 * a folder that has the packages, with the path of the compiler and its version.
 */
import { deepEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { namesIn, rowsUnder } from "@mindbridge-sdk/repository/markdown";
import { ROOT } from "@mindbridge-sdk/repository/packages";

const [compiler = "", version = ""] = process.argv.slice(2);
const page = readFileSync(join(ROOT, "docs/errors.md"), "utf8");

/** What the mistakes use. */
const DECLARATIONS = `import { MindBridge, type Webhook, type WebhookCreate } from "@mindbridge-sdk/client";
import { createReceiver, type Delivery, memoryStore, type Receiver, verify } from "@mindbridge-sdk/receiver";
declare const mindbridge: MindBridge, webhook: Webhook, wanted: WebhookCreate, receiver: Receiver, delivery: Delivery;
declare const token: string, keys: string, headers: Headers, parsed: object, handle: () => void;
const { name, technicalContactId, events, status } = wanted, store = memoryStore();
`.split("\n");

/** A cell quotes what the newest version says, then versions that say something else: `5.5, 5.9: …`. */
function quoted(cell = ""): string | undefined {
  const [newest, ...others] = cell.split("<br>");
  const versionsOf = (other: string) => other.slice(0, other.indexOf(":")).split(", ");
  const own = others.find((other) => versionsOf(other).some((each) => version.startsWith(each)));
  return namesIn(own ?? newest)[0];
}

const mistakes = rowsUnder(page, "Mistakes that do not compile").map((row) => ({
  code: namesIn(row.mistake)[0],
  error: quoted(row["the compiler says"]),
}));
const program = [...DECLARATIONS, ...mistakes.map(({ code }) => `${code};`), ""].join("\n");
writeFileSync("mistakes.ts", program);
const compilerOptions = { module: "nodenext", target: "es2022", types: ["node"], strict: true, noEmit: true };
writeFileSync("tsconfig.mistakes.json", JSON.stringify({ compilerOptions, files: ["mistakes.ts"] }));

const args = [compiler, "--pretty", "false", "--project", "tsconfig.mistakes.json"];
const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
/** The first error of each line: its code, and the last line of its explanation, which says the cause. */
const errors = new Map<number, string>();
for (const [, line, number, text = ""] of stdout.matchAll(/^mistakes\.ts\((\d+),.*?error (TS\d+): (.*(?:\n +.*)*)$/gm))
  if (!errors.has(Number(line))) errors.set(Number(line), `${number}: ${text.split(/\n +/).at(-1)}`);
const said = mistakes.map(({ code }, index) => ({ code, error: errors.get(DECLARATIONS.length + index + 1) }));
deepEqual(said, mistakes, `TypeScript ${version} says otherwise than docs/errors.md quotes. ${stderr}`);
