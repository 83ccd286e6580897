import { join } from "node:path";

/** Where the pinned runtimes are installed, by a manifest and a lockfile of their own. */
export const RUNTIMES_FOLDER = join(import.meta.dirname, "../runtimes");

/** A runtime that the packages promise to work in. What is written here, manifests and READMEs are held against. */
export interface Runtime {
  /** As the READMEs name it. */
  readonly name: string;
  /** The pinned package in `runtimes/package.json`; none for the Node that runs this. */
  readonly installed?: string;
  /** What starts a program in it; none where programs are no files, as in workerd. */
  readonly command?: readonly [program: string, ...args: string[]];
  /** What cannot be as in the others, by the name of the case, and why. A case that passes all the same must not be here. */
  readonly exceptions?: Readonly<Record<string, string>>;
}

/** The oldest Node that the packages work in: what `engines` says, and every README. */
export const OLDEST_NODE = "22.13";

/** The executables themselves: what stands in `.bin` may start another process, which would outlive it. */
const inModules = (path: string): string => join(RUNTIMES_FOLDER, "node_modules", path);

export const RUNTIMES: readonly Runtime[] = [
  { name: `Node ${OLDEST_NODE}`, installed: "node-22.13", command: [inModules("node-22.13/bin/node")] },
  { name: "Node 22", installed: "node-22", command: [inModules("node-22/bin/node")] },
  { name: "Node 24", command: [process.execPath] },
  { name: "Node 26", installed: "node-26", command: [inModules("node-26/bin/node")] },
  { name: "Bun", installed: "bun", command: [inModules("bun/bin/bun.exe"), "run"] },
  {
    name: "Deno",
    installed: "deno",
    command: [inModules("deno/deno"), "run", "--allow-all", "--node-modules-dir=manual", "--no-lock"],
  },
  {
    name: "workerd",
    installed: "workerd",
    exceptions: {
      "a POST is repeated where there is no connection, and was not sent":
        "Its fetch does not tell a refused connection from a broken one: such a POST counts as perhaps carried out.",
    },
  },
];
