import { join } from "node:path";

/** Where the pinned runtimes are installed, with a manifest and a lockfile of their own. */
export const RUNTIMES_FOLDER = join(import.meta.dirname, "../../workspaces/runtimes");

/** A runtime that the packages promise to work in. Tests compare manifests and READMEs with this list. */
export interface Runtime {
  /** The name that the READMEs use. */
  readonly name: string;
  /** The pinned package in `workspaces/runtimes/package.json`. None for the Node that runs the tests. */
  readonly installed?: string;
  /** Starts a program. None for workerd, whose programs are no files. */
  readonly command?: readonly [program: string, ...args: string[]];
  /** The cases that this runtime fails, and why. The tests fail once such a case passes. */
  readonly exceptions?: Readonly<Record<string, string>>;
}

/** The oldest Node that the packages support, as `engines` and every README say. */
export const OLDEST_NODE = "22.13";

/** The executable itself. What stands in `.bin` may start it as another process, which would outlive that. */
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
      "a POST that found no connection is repeated, and was not sent":
        "Its fetch does not distinguish a refused connection from a broken one, so the outcome of such a POST is unknown.",
    },
  },
];
