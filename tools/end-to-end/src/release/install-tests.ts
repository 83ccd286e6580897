import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compilerOptions, type Dependencies, install } from "../installation.ts";
import type { Command } from "../processes.ts";

/** A user in an empty folder: the package manager, the tools besides our packages, and the commands. */
export interface InstallTest {
  readonly name: string;
  readonly manager: "npm" | "pnpm";
  /** At exact versions. */
  readonly tools?: Dependencies;
  readonly type?: "module" | "commonjs";
  /** The files of `programs/` that the user has. */
  readonly files: readonly string[];
  /** The commands that the user runs, one after another, under a name for each list. */
  readonly runs: Readonly<Record<string, readonly Command[]>>;
}

export const NODE_TYPES: Dependencies = { "@types/node": "22.20.5" };
const TYPESCRIPT = ["5.5.4", "5.6.3", "5.7.3", "5.8.3", "5.9.3", "6.0.3", "7.0.2"];
/** The first that lets CommonJS import a package that is ESM only, under `nodenext`. */
const FIRST_WITH_COMMONJS = 5.8;
/** How users configure their compiler, and the program that they compile. */
const CONFIGURATIONS = {
  nodenext: { compilerOptions: compilerOptions("nodenext"), files: ["program.ts"] },
  bundler: { compilerOptions: compilerOptions("bundler"), files: ["program.ts"] },
  commonjs: { compilerOptions: compilerOptions("nodenext"), files: ["program.cts"] },
};

/** The webhook that the mock knows. */
const WEBHOOK = "66e0a4f7c2d81b0013fe5a90";
const WEBPACK_OUTPUT = ["--output-path=webpack", "--output-filename=main.cjs"];

const minor = (version: string): string => version.split(".").slice(0, 2).join(".");
const compiler = (version: string): string => `node_modules/typescript-${version}/bin/tsc`;

export const NEWEST_COMPILER = compiler(TYPESCRIPT.at(-1) ?? "");

export const INSTALL_TESTS: readonly InstallTest[] = [
  {
    name: "npm, ESM",
    manager: "npm",
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
  { name: "pnpm, ESM", manager: "pnpm", files: ["program.js", "main.js"], runs: { run: [["node", "program.js"]] } },
  {
    name: "Jest",
    manager: "npm",
    tools: { jest: "30.5.2" },
    files: ["main.js", "main.test.js"],
    runs: { run: [["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js"]] },
  },
  {
    name: "vitest",
    manager: "npm",
    tools: { vitest: "5.1.1" },
    files: ["main.js", "main.test.js"],
    runs: { run: [["npx", "vitest", "run", "--globals", "--dir", "."]] },
  },
  {
    name: "TypeScript",
    manager: "npm",
    tools: {
      ...NODE_TYPES,
      ...Object.fromEntries(TYPESCRIPT.map((version) => [`typescript-${version}`, `npm:typescript@${version}`])),
    },
    files: ["program.ts", "program.cts"],
    runs: Object.fromEntries(
      TYPESCRIPT.flatMap((version) =>
        Object.keys(CONFIGURATIONS)
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

const PROGRAMS = join(import.meta.dirname, "../../programs");

/** Puts the programs into a folder, and installs our packages and the tools there. */
export async function setUp(
  { manager, type = "module", tools = {}, files }: InstallTest,
  folder: string,
  packages: Dependencies,
  npmrc: string,
): Promise<void> {
  await install(folder, { ...packages, ...tools }, { manager, type, npmrc });
  for (const file of files) await copyFile(join(PROGRAMS, file), join(folder, file));
  for (const [kind, configuration] of Object.entries(CONFIGURATIONS)) {
    await writeFile(join(folder, `tsconfig.${kind}.json`), JSON.stringify(configuration));
  }
}
