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
  /** What they run, each under a name. */
  readonly commands: Readonly<Record<string, readonly [string, ...string[]]>>;
}

export const NODE_TYPES = { "@types/node": "22.20.5" };
const TYPESCRIPT = ["5.5.4", "5.6.3", "5.7.3", "5.8.3", "5.9.3", "6.0.3", "7.0.2"];
/** The first that lets CommonJS import what is ESM only, under `nodenext`. */
const FIRST_WITH_COMMONJS = 5.8;

const minor = (version: string): string => version.split(".").slice(0, 2).join(".");

export const STRANGERS: readonly Stranger[] = [
  {
    name: "npm, ESM",
    manager: "npm",
    type: "module",
    files: ["program.js", "main.js"],
    commands: { run: ["node", "program.js"] },
  },
  {
    name: "npm, CommonJS",
    manager: "npm",
    type: "commonjs",
    files: ["program.cjs"],
    commands: { run: ["node", "program.cjs"] },
  },
  {
    name: "pnpm, ESM",
    manager: "pnpm",
    type: "module",
    files: ["program.js", "main.js"],
    commands: { run: ["node", "program.js"] },
  },
  {
    name: "Jest",
    manager: "npm",
    type: "module",
    tools: { jest: "30.5.2" },
    files: ["main.js", "jest.test.js"],
    commands: {
      run: ["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--testMatch", "**/jest.test.js"],
    },
  },
  {
    name: "vitest",
    manager: "npm",
    type: "module",
    tools: { vitest: "5.1.1" },
    files: ["main.js", "vitest.test.js"],
    commands: { run: ["npx", "vitest", "run", "--dir", ".", "vitest.test.js"] },
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
    commands: Object.fromEntries(
      TYPESCRIPT.flatMap((version) =>
        ["nodenext", "bundler", "commonjs"]
          .filter((kind) => kind !== "commonjs" || Number(minor(version)) >= FIRST_WITH_COMMONJS)
          .map((kind) => [
            `${minor(version)} ${kind}`,
            ["node", `node_modules/typescript-${version}/bin/tsc`, "--project", `tsconfig.${kind}.json`],
          ]),
      ),
    ),
  },
  {
    name: "bundlers",
    manager: "npm",
    type: "module",
    tools: { esbuild: "0.28.2", webpack: "5.112.2", "webpack-cli": "7.3.1" },
    files: ["program.js", "main.js"],
    commands: {
      esbuild: ["npx", "esbuild", "program.js", "--bundle", "--platform=node", "--format=esm", "--outfile=esbuild.mjs"],
      "what esbuild made": ["node", "esbuild.mjs"],
      webpack: [
        "npx",
        "webpack",
        "--mode=production",
        "--target=node22",
        "--entry=./program.js",
        "--output-path=webpack",
        "--output-filename=main.cjs",
      ] as unknown as [string, ...string[]],
      "what webpack made": ["node", "webpack/main.cjs"],
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
