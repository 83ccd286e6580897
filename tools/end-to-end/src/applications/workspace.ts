import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { type Command, run } from "@mindbridge-sdk/repository/run";
import { parse } from "yaml";
import { install, packAll } from "../installation.ts";
import { APPLICATIONS } from "./applications.ts";

/** Pins what the applications install from npm. */
const LOCKFILE = join(import.meta.dirname, "../../workspaces/applications/pnpm-lock.yaml");
/** The pinned Bun of the tested runtimes. */
const RUNTIMES = join(import.meta.dirname, "../../workspaces/runtimes/package.json");
/** The tests of an example, and what was made in its folder. */
const LEFT_OUT = new Set(["node_modules", "dist", "reports", "test", ".next", ".turbo"]);

/**
 * Copies the applications into a folder, and installs what they need: the packages as published, and everything else as pinned.
 * Each application is then in `applications/NAME`.
 */
export async function installApplications(folder: string): Promise<void> {
  const applications = await copyApplications(folder);
  await cp(LOCKFILE, join(applications, "pnpm-lock.yaml"));
  await Promise.all([
    run(pnpmInstall("--frozen-lockfile"), { cwd: applications }),
    packAll(folder).then((packed) => install(folder, packed)),
  ]);
}

/** Pins anew what the applications install from npm, as their manifests say. */
export async function lockApplications(folder: string): Promise<void> {
  const applications = await copyApplications(folder);
  await cp(LOCKFILE, join(applications, "pnpm-lock.yaml")).catch(() => {});
  await run(pnpmInstall("--lockfile-only", "--no-frozen-lockfile"), { cwd: applications });
  await cp(join(applications, "pnpm-lock.yaml"), LOCKFILE);
}

const pnpmInstall = (...options: string[]): Command => [
  "pnpm",
  "install",
  "--prefer-offline",
  "--ignore-workspace=false",
  ...options,
];

/** Makes a workspace of the applications, without what this repository makes itself. */
async function copyApplications(folder: string): Promise<string> {
  const workspace = join(folder, "applications");
  await mkdir(workspace, { recursive: true });
  const { catalog, allowBuilds, networkConcurrency } = parse(
    await readFile(join(ROOT, "pnpm-workspace.yaml"), "utf8"),
  ) as Record<string, unknown>;
  const settings = {
    packages: ["*"],
    catalog,
    allowBuilds: { ...(allowBuilds as object), bun: true, sharp: false },
    networkConcurrency,
  };
  await writeFile(join(workspace, "pnpm-workspace.yaml"), JSON.stringify(settings));
  const { bun } = (await manifestOf(RUNTIMES)).dependencies ?? {};
  await writeFile(join(workspace, "package.json"), JSON.stringify({ private: true, dependencies: { bun } }));
  // The configuration of the compiler that they extend.
  await cp(join(ROOT, "tsconfig.base.json"), join(folder, "tsconfig.base.json"));
  for (const source of new Set(APPLICATIONS.map((each) => each.folder))) {
    const copy = join(workspace, basename(source));
    await cp(source, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
    const manifest = join(copy, "package.json");
    await writeFile(manifest, JSON.stringify(withoutOurs(await manifestOf(manifest))));
  }
  return workspace;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = async (file: string): Promise<Manifest> => JSON.parse(await readFile(file, "utf8"));

function withoutOurs({ dependencies = {}, devDependencies = {}, ...manifest }: Manifest): Manifest {
  const others = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(all).filter(([name]) => !name.startsWith("@mindbridge-sdk/") && name !== "vitest"),
    );
  return { ...manifest, dependencies: others(dependencies), devDependencies: others(devDependencies) };
}
