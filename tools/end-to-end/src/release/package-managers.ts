// How users install our packages, update them, and run a program, by the package manager that they have.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Command, run } from "@mindbridge-sdk/repository/run";
import type { Dependencies } from "../installation.ts";
import { RUNTIMES } from "../runtimes/runtimes.ts";
import { REGISTRY_FOLDER, type Registry } from "./registry.ts";

interface PackageManager {
  /** The files of a folder where nothing is installed yet, by their paths. */
  files(manifest: Manifest, registry: Registry): Readonly<Record<string, string>>;
  readonly install: Command;
  /** Installs the newest version of each package that the manifest allows. */
  update(packages: readonly string[]): Command;
  /** Runs the program whose path follows. */
  readonly run: Command;
  /** The variable that says where it keeps packages by name and version: another rehearsal had other packages of that version. */
  readonly cache?: string;
}

interface Manifest {
  readonly private: true;
  readonly type: "module" | "commonjs";
  readonly dependencies: Dependencies;
}

const YARN = join(REGISTRY_FOLDER, "node_modules/@yarnpkg/cli-dist/bin/yarn.js");
/** The executable of a pinned runtime. */
const executable = (runtime: string): string => RUNTIMES.find(({ name }) => name === runtime)?.command?.[0] ?? runtime;
export const OLDEST_NODE_EXECUTABLE = executable("Node 22.13");
const [BUN, DENO] = [executable("Bun"), executable("Deno")];

const json = (value: object): string => JSON.stringify(value, undefined, 2);
/** By default, pnpm takes no version that is younger than a day. */
const PNPM_SETTINGS = "minimumReleaseAge: 0\n";

export const PACKAGE_MANAGERS = {
  npm: {
    files: (manifest, { npmrc }) => ({ "package.json": json(manifest), ".npmrc": npmrc }),
    install: ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund"],
    update: (packages) => ["npm", "update", "--no-audit", "--no-fund", ...packages],
    run: ["node"],
  },
  pnpm: {
    files: (manifest, { npmrc }) => ({
      "package.json": json(manifest),
      ".npmrc": npmrc,
      "pnpm-workspace.yaml": PNPM_SETTINGS,
    }),
    install: ["pnpm", "install", "--prefer-offline", "--no-frozen-lockfile"],
    update: (packages) => ["pnpm", "update", ...packages],
    run: ["node"],
  },
  // An app that uses our packages through a library of the same workspace, and cannot reach them itself.
  "pnpm workspace": {
    files: (manifest, { npmrc }) => ({
      "package.json": json({ private: true }),
      ".npmrc": npmrc,
      "pnpm-workspace.yaml": `packages: [app, library]\n${PNPM_SETTINGS}`,
      "library/package.json": json({ ...manifest, name: "library", exports: { "./*": "./*" } }),
      "app/package.json": json({ ...manifest, name: "app", dependencies: { library: "workspace:*" } }),
      "app/program.js": 'import "library/program.js";\n',
      "app/versions.mjs": 'import "library/versions.mjs";\n',
    }),
    install: ["pnpm", "install", "--prefer-offline", "--no-frozen-lockfile"],
    update: (packages) => ["pnpm", "--recursive", "update", ...packages],
    run: ["node"],
  },
  // With Plug'n'Play, there is no node_modules.
  Yarn: {
    files: (manifest, { url, usual }) => ({
      "package.json": json(manifest),
      "yarn.lock": "",
      ".yarnrc.yml": `nodeLinker: pnp
enableGlobalCache: false
enableImmutableInstalls: false
enableTelemetry: false
npmPreapprovedPackages: ["@mindbridge-sdk/*"]
npmRegistryServer: ${JSON.stringify(usual)}
npmScopes: { mindbridge-sdk: { npmRegistryServer: ${JSON.stringify(url)} } }
unsafeHttpWhitelist: ${JSON.stringify([url, usual].map((each) => new URL(each).hostname))}
`,
    }),
    install: ["node", YARN, "install"],
    update: (packages) => ["node", YARN, "up", ...packages],
    run: ["node", YARN, "node"],
    cache: "YARN_GLOBAL_FOLDER",
  },
  Bun: {
    files: (manifest, { npmrc, usual }) => ({
      "package.json": json(manifest),
      ".npmrc": `registry=${usual}\n${npmrc}`,
    }),
    install: [BUN, "install"],
    update: (packages) => [BUN, "update", ...packages],
    run: [BUN, "run"],
    cache: "BUN_INSTALL_CACHE_DIR",
  },
  // The programs import our packages by their names, which lead to `npm:`.
  Deno: {
    files: ({ dependencies }, { npmrc, usual }) => ({
      "deno.json": json({
        lock: false,
        minimumDependencyAge: 0,
        imports: Object.fromEntries(
          Object.entries(dependencies).flatMap(([name, range]) => [
            [name, `npm:${name}@${range}`],
            [`${name}/`, `npm:/${name}@${range}/`],
          ]),
        ),
      }),
      ".npmrc": `registry=${usual}\n${npmrc}`,
    }),
    install: [DENO, "cache", "program.js", "versions.mjs"],
    update: () => [DENO, "cache", "--reload", "program.js", "versions.mjs"],
    run: [DENO, "run", "--allow-all"],
    cache: "DENO_DIR",
  },
} as const satisfies Readonly<Record<string, PackageManager>>;

export type PackageManagerName = keyof typeof PACKAGE_MANAGERS;

/** A user in a folder of their own. */
export interface User {
  readonly manager: PackageManagerName;
  readonly type: "module" | "commonjs";
  readonly folder: string;
}

/** The folder of a user's programs. */
export const programsOf = ({ manager, folder }: User): string =>
  manager === "pnpm workspace" ? join(folder, "library") : folder;

/** Installs packages into a folder that has nothing else in it. */
export async function installFor(user: User, dependencies: Dependencies, registry: Registry): Promise<void> {
  const { folder, type, manager } = user;
  const files = PACKAGE_MANAGERS[manager].files({ private: true, type, dependencies }, registry);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  await runBy(user, PACKAGE_MANAGERS[manager].install);
}

/** Installs the newest versions that the manifest allows. */
export async function updateFor(user: User, packages: readonly string[]): Promise<void> {
  const { folder, manager } = user;
  await run(PACKAGE_MANAGERS[manager].update(packages), { cwd: folder, env: environmentOf(user) });
}

/** Runs a command as the user does, and returns what it printed. */
export function runBy(user: User, command: Command, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = user.manager === "pnpm workspace" ? join(user.folder, "app") : user.folder;
  return run(command, { cwd, env: { ...environmentOf(user), ...env } });
}

/** pnpm leads its scripts to everything that is installed in this repository, and has settings for it. */
function environmentOf({ manager, folder }: User): Record<string, string | undefined> {
  const { cache }: PackageManager = PACKAGE_MANAGERS[manager];
  return { NODE_PATH: undefined, ...(cache !== undefined && { [cache]: join(folder, ".cache") }) };
}
