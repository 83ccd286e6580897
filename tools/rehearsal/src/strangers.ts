import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.ts";

/** Who installs the packages, what with, and what they run. */
export interface Stranger {
  readonly name: string;
  readonly manager: "npm" | "pnpm";
  /** What they install beside the packages, at exact versions. */
  readonly tools?: Readonly<Record<string, string>>;
  readonly type?: "module" | "commonjs";
  /** The files of `programs/` that they have. */
  readonly files: readonly string[];
  /** What they run, one command after another, each list under a name. */
  readonly runs: Readonly<Record<string, readonly Command[]>>;
}

export type Command = readonly [program: string, ...string[]];

export const NODE_TYPES = { "@types/node": "22.20.5" };
const TYPESCRIPT = ["5.5.4", "5.6.3", "5.7.3", "5.8.3", "5.9.3", "6.0.3", "7.0.2"];
/** The first that lets CommonJS import what is ESM only, under `nodenext`. */
const FIRST_WITH_COMMONJS = 5.8;

/** The webhook that the mock knows. */
const WEBHOOK = "66e0a4f7c2d81b0013fe5a90";
const WEBPACK_OUTPUT = ["--output-path=webpack", "--output-filename=main.cjs"];

const minor = (version: string): string => version.split(".").slice(0, 2).join(".");
const compiler = (version: string): string => `node_modules/typescript-${version}/bin/tsc`;

/** The newest compiler that they have. */
export const NEWEST_COMPILER = compiler(TYPESCRIPT.at(-1) ?? "");

export const STRANGERS: readonly Stranger[] = [
  {
    name: "npm, ESM",
    manager: "npm",
    type: "module",
    files: ["program.js", "main.js"],
    runs: { run: [["node", "program.js"]], mindbridge: [["npx", "mindbridge", "webhooks", "get", WEBHOOK]] },
  },
  {
    name: "npm, CommonJS",
    manager: "npm",
    type: "commonjs",
    files: ["program.cjs"],
    runs: { run: [["node", "program.cjs"]] },
  },
  {
    name: "pnpm, ESM",
    manager: "pnpm",
    type: "module",
    files: ["program.js", "main.js"],
    runs: { run: [["node", "program.js"]] },
  },
  {
    name: "Jest",
    manager: "npm",
    type: "module",
    tools: { jest: "30.5.2" },
    files: ["main.js", "jest.test.js"],
    runs: {
      run: [["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--testMatch", "**/jest.test.js"]],
    },
  },
  {
    name: "vitest",
    manager: "npm",
    type: "module",
    tools: { vitest: "5.1.1" },
    files: ["main.js", "vitest.test.js"],
    runs: { run: [["npx", "vitest", "run", "--dir", ".", "vitest.test.js"]] },
  },
  {
    name: "TypeScript",
    manager: "npm",
    type: "module",
    tools: {
      ...NODE_TYPES,
      ...Object.fromEntries(TYPESCRIPT.map((version) => [`typescript-${version}`, `npm:typescript@${version}`])),
    },
    files: ["program.ts", "program.cts", "tsconfig.nodenext.json", "tsconfig.bundler.json", "tsconfig.commonjs.json"],
    runs: Object.fromEntries(
      TYPESCRIPT.flatMap((version) =>
        ["nodenext", "bundler", "commonjs"]
          .filter((kind) => kind !== "commonjs" || Number(minor(version)) >= FIRST_WITH_COMMONJS)
          .map((kind): [string, Command[]] => {
            const outDir = `built-${minor(version)}-${kind}`;
            return [
              `${minor(version)} ${kind}`,
              [
                ["node", compiler(version), "--project", `tsconfig.${kind}.json`, "--outDir", outDir],
                ["node", join(outDir, kind === "commonjs" ? "program.cjs" : "program.js")],
              ],
            ];
          }),
      ),
    ),
  },
  {
    name: "bundlers",
    manager: "npm",
    type: "module",
    tools: { esbuild: "0.28.2", webpack: "5.112.2", "webpack-cli": "7.3.1" },
    files: ["program.js", "main.js"],
    runs: {
      esbuild: [
        ["npx", "esbuild", "program.js", "--bundle", "--platform=node", "--format=esm", "--outfile=esbuild.mjs"],
        ["node", "esbuild.mjs"],
      ],
      webpack: [
        ["npx", "webpack", "--mode=production", "--target=node22", "--entry=./program.js", ...WEBPACK_OUTPUT],
        ["node", "webpack/main.cjs"],
      ],
    },
  },
];

const PROGRAMS = join(import.meta.dirname, "../programs");

/** Installs the newest packages that `range` allows, and the tools, into an empty folder. */
export async function settle(
  { type = "module", tools = {}, files, manager }: Stranger,
  folder: string,
  { npmrc, packages, range }: { npmrc: string; packages: readonly string[]; range: string },
): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, ".npmrc"), npmrc);
  const dependencies = { ...Object.fromEntries(packages.map((name) => [name, range])), ...tools };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type, dependencies }));
  // pnpm takes nothing younger than a day, which everything here is.
  if (manager === "pnpm") await writeFile(join(folder, "pnpm-workspace.yaml"), "minimumReleaseAge: 0\n");
  for (const file of files) await writeFile(join(folder, file), await readFile(join(PROGRAMS, file)));
  const install = ["install", "--prefer-offline"];
  await run(
    manager === "npm"
      ? ["npm", ...install, "--no-audit", "--no-fund"]
      : ["pnpm", ...install, "--ignore-workspace", "--no-frozen-lockfile"],
    { cwd: folder },
  );
}

/** Brings the packages up to date, within the range that was installed. */
export async function update({ manager }: Stranger, folder: string, packages: readonly string[]): Promise<void> {
  await run([manager, "update", ...packages], { cwd: folder });
}
