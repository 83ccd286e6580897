import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks } from "@mindbridge-sdk/repository/markdown";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import type { Command } from "@mindbridge-sdk/repository/run";
import { compilerOptions, type Dependencies } from "../installation.ts";
import { OLDEST_NODE_EXECUTABLE, PACKAGE_MANAGERS, type PackageManagerName } from "./package-managers.ts";

/** A user in an empty folder: the package manager, the tools besides our packages, and the commands. */
export interface InstallTest {
  readonly name: string;
  readonly manager: PackageManagerName;
  /** At exact versions. Without any, the user also gets the second release: tools see no other difference than a field. */
  readonly tools?: Dependencies;
  readonly type?: "module" | "commonjs";
  /** The files of `programs/` that the user has. */
  readonly files: readonly string[];
  /** The texts of other files, by their names. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The commands that the user runs, one after another, under a name for each list. */
  readonly runs: Readonly<Record<string, readonly Command[]>>;
}

export const NODE_TYPES: Dependencies = { "@types/node": "22.20.5" };

/** Those that are left out (5.6, 5.7) read modules and declarations as their neighbours do. */
const TYPESCRIPT = ["5.5.4", "5.8.3", "5.9.3", "6.0.3", "7.0.2"];
const [OLDEST = "", FIRST_WITH_COMMONJS = ""] = TYPESCRIPT;
const NEWEST = TYPESCRIPT.at(-1) ?? "";
/** Those whose errors the guides quote. */
const QUOTED = ["5.5.4", "5.9.3", "7.0.2"];

const compiler = (version: string): string => `node_modules/typescript-${version}/bin/tsc`;
const project = (version: string, kind: string): string => `tsconfig.${version}-${kind}.json`;
const output = (version: string, kind: string): string => `built-${version}-${kind}`;

/** How users configure a version of the compiler: the files, by their names. */
function projects(version: string): Readonly<Record<string, string>> {
  // Before 5.8, CommonJS cannot import a package that is ESM only.
  const files = version === OLDEST ? ["program.ts"] : ["program.ts", "program.cts"];
  const nodenext = { compilerOptions: { ...compilerOptions("nodenext"), outDir: output(version, "nodenext") }, files };
  // Between the oldest and the newest, this differs from nodenext in nothing that packages see.
  const withBundler = version === OLDEST || version === NEWEST;
  const options = { ...compilerOptions("bundler"), outDir: output(version, "bundler") };
  return {
    [project(version, "nodenext")]: JSON.stringify(nodenext),
    ...(withBundler && {
      [project(version, "bundler")]: JSON.stringify({ compilerOptions: options, files: ["program.ts"] }),
    }),
  };
}

/** Compares what a version says of typical mistakes with what the guides quote. */
const mistakes = (version: string): Command => [
  "node",
  join(import.meta.dirname, "../mistakes.ts"),
  compiler(version),
  version,
];

/** Type-checks `program.ts` in the folder of the user of TypeScript. */
export const TYPE_CHECK: Command = ["node", compiler(NEWEST), "--noEmit", "--project", project(NEWEST, "bundler")];

/** What a page of the guides says to set for Jest, in its only block of a language that names Jest. */
function settingForJest(language: "sh" | "js"): string {
  const page = readFileSync(join(ROOT, "docs/runtimes.md"), "utf8");
  const [block, ...others] = codeBlocks(page, language).filter(({ code }) => code.includes("jest"));
  if (block === undefined || others.length > 0)
    throw new Error(`docs/runtimes.md needs one ${language} block on Jest.`);
  return block.code.trim();
}

/** The webhook that the mock knows. */
const WEBHOOK = "66e0a4f7c2d81b0013fe5a90";

const esm = { files: ["program.js", "main.js"] };
/** A user without tools. */
const user = (manager: PackageManagerName, name: string = manager): InstallTest => ({
  ...esm,
  name,
  manager,
  runs: { run: [[...PACKAGE_MANAGERS[manager].run, "program.js"]] },
});
const npm = user("npm", "npm, ESM");

export const INSTALL_TESTS: readonly InstallTest[] = [
  { ...npm, runs: { ...npm.runs, mindbridge: [["npx", "@mindbridge-sdk/cli", "webhooks", "get", WEBHOOK]] } },
  {
    name: "npm, CommonJS",
    manager: "npm",
    type: "commonjs",
    files: ["program.cjs"],
    runs: { run: [["node", "program.cjs"]] },
  },
  user("pnpm"),
  user("pnpm workspace"),
  user("Yarn", "Yarn, Plug'n'Play"),
  user("Bun"),
  user("Deno"),
  {
    name: "Jest, CommonJS",
    manager: "npm",
    tools: { jest: "30.5.2", "@babel/plugin-transform-modules-commonjs": "8.1.2" },
    type: "commonjs",
    files: ["program.cjs", "program.test.cjs"],
    settings: { "jest-with-babel.config.js": settingForJest("js") },
    runs: {
      "by the command of the page": [["sh", "-c", settingForJest("sh")]],
      "in the oldest Node, by Babel": [
        [OLDEST_NODE_EXECUTABLE, "node_modules/jest/bin/jest.js", "--config=jest-with-babel.config.js"],
      ],
    },
  },
  {
    name: "Jest and vitest, ESM",
    manager: "npm",
    tools: { jest: "30.5.2", vitest: "5.1.1" },
    files: ["main.js", "main.test.js"],
    runs: {
      Jest: [["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js"]],
      vitest: [["npx", "vitest", "run", "--globals", "--dir", "."]],
    },
  },
  {
    name: "TypeScript",
    manager: "npm",
    tools: {
      ...NODE_TYPES,
      ...Object.fromEntries(TYPESCRIPT.map((version) => [`typescript-${version}`, `npm:typescript@${version}`])),
    },
    files: ["program.ts", "program.cts"],
    settings: Object.assign({}, ...TYPESCRIPT.map(projects)),
    runs: {
      ...Object.fromEntries(
        TYPESCRIPT.map((version): [string, Command[]] => [
          version,
          [["node", compiler(version), "--build", ...Object.keys(projects(version))]],
        ]),
      ),
      "the errors that the guides quote": QUOTED.map(mistakes),
      "run what the oldest and the newest made": [
        ["node", join(output(OLDEST, "nodenext"), "program.js")],
        ["node", join(output(FIRST_WITH_COMMONJS, "nodenext"), "program.cjs")],
        ["node", join(output(NEWEST, "bundler"), "program.js")],
        ["node", join(output(NEWEST, "nodenext"), "program.cjs")],
      ],
    },
  },
  {
    ...esm,
    name: "bundlers",
    manager: "npm",
    tools: {
      "@rollup/plugin-node-resolve": "16.0.3",
      esbuild: "0.28.2",
      rollup: "4.68.8",
      vite: "8.4.0",
      webpack: "5.112.2",
      "webpack-cli": "7.3.1",
    },
    settings: {
      "vite.config.js": 'export default { build: { ssr: "program.js", outDir: "vite" }, ssr: { noExternal: true } };\n',
    },
    runs: {
      esbuild: [
        ["npx", "esbuild", "program.js", "--bundle", "--platform=node", "--format=esm", "--outfile=esbuild.mjs"],
        ["node", "esbuild.mjs"],
      ],
      Rollup: [
        ["npx", "rollup", "program.js", "--plugin=node-resolve", "--format=es", "--file=rollup.mjs"],
        ["node", "rollup.mjs"],
      ],
      Vite: [
        ["npx", "vite", "build"],
        ["node", "vite/program.js"],
      ],
      webpack: [
        [
          "npx",
          "webpack",
          "--mode=production",
          "--target=node22",
          "--entry=./program.js",
          "--output-path=webpack",
          "--output-filename=main.cjs",
        ],
        ["node", "webpack/main.cjs"],
      ],
    },
  },
];
