import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BODY, CLIENTS, programOf, startApi, TOKEN } from "../clients.ts";
import { type Group, inTurns, type Section } from "../measure.ts";

const ROUNDS = 21;
const FIRST_CALLS = 11;
const MINDBRIDGE = fileURLToPath(new URL("dist/main.js", import.meta.resolve("@mindbridge-sdk/cli/package.json")));

/** Starts Node with arguments in this folder, and takes the time until it has ended, in milliseconds. */
function start(...args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8" });
  const time = performance.now() - begin;
  if (status !== 0) throw new Error(stderr);
  return time;
}

/** A module that imports a package that imports another: what is loaded with the client and openapi-fetch, with nothing in it. */
function emptyModules(folder: string): string {
  // pnpm links to packages, too.
  const link = (from: string, name: string, to: string) => {
    mkdirSync(dirname(join(from, "node_modules", name)), { recursive: true });
    symlinkSync(to, join(from, "node_modules", name), "junction");
  };
  const client = emptyPackage(folder, "@mindbridge-sdk/client", import.meta.resolve("@mindbridge-sdk/client"));
  link(client, "openapi-fetch", emptyPackage(folder, "openapi-fetch", import.meta.resolve("openapi-fetch")));
  link(folder, "@mindbridge-sdk/client", client);
  writeFileSync(join(client, "dist/index.js"), 'import "openapi-fetch";');
  writeFileSync(join(folder, "program.mjs"), 'import "@mindbridge-sdk/client";');
  return join(folder, "program.mjs");
}

/** A package with the manifest of another, and an empty module. Returns where it is. */
function emptyPackage(folder: string, name: string, entry: string): string {
  const made = join(folder, name);
  mkdirSync(join(made, "dist"), { recursive: true });
  copyFileSync(new URL("../package.json", entry), join(made, "package.json"));
  writeFileSync(join(made, "dist", basename(entry)), "");
  return made;
}

export const coldStart: Section = {
  name: "cold-start",
  title: "Cold start",
  async measure() {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "cold-start-")));
    const connect = (program: string) => `
      import { connect } from ${JSON.stringify(programOf(program))};
      connect({ baseUrl: "http://127.0.0.1:9", token: "${TOKEN}" });`;
    const programs = {
      "an empty program": "",
      "as many empty modules": `import ${JSON.stringify(emptyModules(folder))};`,
      ...Object.fromEntries(Object.entries(CLIENTS).map(([name, program]) => [name, connect(program)])),
      "@mindbridge-sdk/receiver": 'import "@mindbridge-sdk/receiver";',
    };
    const rounds = Object.entries(programs).map(
      ([name, program]) => [name, () => start("--input-type=module", "--eval", program)] as const,
    );
    const groups = [
      await inTurns(
        {
          title: "Starting Node, importing and constructing",
          unit: "ms",
          better: "lower",
          limit: "as many empty modules",
          note:
            "The limit, as many empty modules, is what Node takes for any program of this form. The empty modules are as many as the client's, in as many packages: a program, @mindbridge-sdk/client and openapi-fetch, " +
            "with nothing in them. bare fetch imports one small module. Node loads its own fetch when a program first asks for a part of it: where a " +
            "client is made, as openapi-fetch does by itself, or at the first call, as with ours: the next table goes on to there. hey-api's " +
            "client is TypeScript, whose types Node strips first.",
        },
        Object.fromEntries(rounds),
        ROUNDS,
      ),
      await toFirstCall(),
      await inTurns(
        {
          title: "Starting the command line",
          unit: "ms",
          better: "lower",
          note: "The build makes the text of --help, so that it loads nothing else. --version loads what every command does.",
        },
        {
          "an empty program": () => start("--eval", "0"),
          "mindbridge --help": () => start(MINDBRIDGE, "--help"),
          "mindbridge --version": () => start(MINDBRIDGE, "--version"),
        },
        ROUNDS,
      ),
    ];
    rmSync(folder, { recursive: true });
    return groups;
  },
};

/** Until the first call is answered, with Node's own fetch, which some load only then. */
async function toFirstCall(): Promise<Group> {
  const { stripe: _, ...clients } = CLIENTS;
  const api = await startApi();
  try {
    const call = (program: string) => `
      import { connect } from ${JSON.stringify(programOf(program))};
      await connect({ baseUrl: "${api.baseUrl}", token: "${TOKEN}" })(${JSON.stringify(BODY)});`;
    return await inTurns(
      {
        title: "Starting Node, to the answer of the first call over loopback",
        unit: "ms",
        better: "lower",
        note: "The limit, bare fetch, loads nothing but Node's fetch. Each process ends after its answer.",
      },
      Object.fromEntries(
        Object.entries(clients).map(([name, program]) => [
          name,
          () => start("--input-type=module", "--eval", call(program)),
        ]),
      ),
      FIRST_CALLS,
    );
  } finally {
    api.close();
  }
}
