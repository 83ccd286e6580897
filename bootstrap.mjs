// Runs the commands below. On a machine with only npm and an older Node, it gets the pinned Node and pnpm from npm, installs
// everything, and runs the command. With Node 24, and started by pnpm, it runs the command at once.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const { devEngines } = JSON.parse(readFileSync("package.json", "utf8"));
const NODE = devEngines.runtime.version;
const PNPM = devEngines.packageManager.version;
/** The folder of that Node and pnpm. */
const TOOLCHAIN = ".toolchain";

const install = (...options) => pnpm("install", "--frozen-lockfile", ...options);
/**
 * Without it, pnpm asks the registry for the age of every version in the lockfile, which takes longer than the installation of the
 * quickstart. `check` has it ask, and continuous integration runs that for each change: the others trust the lockfile.
 */
const TRUSTING = "--trust-lockfile";
/** Runs turbo's tasks in stages, and counts the tests. */
const check = (...stages) => run("node", "tools/repository/src/check/main.ts", ...stages);
const release = (name) => run("node", "tools/release/src/main.ts", name);

/** Each command installs, and then runs. Both return an exit code. */
const COMMANDS = {
  quickstart: {
    install: () => install(TRUSTING, "--filter", "@mindbridge-sdk/quickstart..."),
    run: () =>
      pnpm("--silent", "--filter", "@mindbridge-sdk/quickstart...", "--if-present", "run", "build") ||
      pnpm("--silent", "--filter", "@mindbridge-sdk/quickstart", "start"),
  },
  test: { install: () => install(TRUSTING), run: () => check("release:check,compatibility,test") },
  check: {
    install,
    run: () =>
      check(
        "check",
        "test",
        "mutants,additions,corpus:check,oracle,site:test,site:published,runtimes,applications,fuzz",
        // The faults leave room on two cores. The rehearsal and the runtimes install into the same folder.
        "faults,rehearse",
      ),
  },
  docs: {
    install: () => install(TRUSTING, "--filter", "mindbridge-sdk", "--filter", "@mindbridge-sdk/documentation..."),
    run: () => pnpm("exec", "turbo", "run", "site:published"),
  },
  "release:prepare": { install, run: () => release("prepare") },
  "release:rehearse": { install, run: () => pnpm("exec", "turbo", "run", "rehearse") },
};

const [name, ...behind] = process.argv.slice(2);
const isPinned = behind[0] === "pinned";
const given = isPinned ? behind.slice(1) : behind;
const command = COMMANDS[name];
// Otherwise these tools would report to their makers.
Object.assign(process.env, { DO_NOT_TRACK: "1", SCARF_ANALYTICS: "false", TURBO_TELEMETRY_DISABLED: "1" });
process.exitCode =
  given.length > 0 ? refuse() : isPinned ? runPinned() : isContributor() ? command.run() : startPinned();

/** Refuses what npm passes on behind `--`: it would be lost, and a dry run, for example, would be none. */
function refuse() {
  console.error(`\`${name}\` takes no arguments, and was given \`${given.join(" ")}\`. Nothing has been done.`);
  return 1;
}

function isContributor() {
  const [major] = process.versions.node.split(".");
  return major === NODE.split(".")[0] && (process.env.npm_config_user_agent ?? "").startsWith("pnpm/");
}

/**
 * Starts this file again under the pinned Node. An install script puts that Node in place, so scripts must be allowed. npx has such
 * a folder of its own, but takes seconds to look at it each time.
 */
function startPinned() {
  if (versionOf("node") !== NODE || versionOf("pnpm") !== PNPM) {
    const options = ["--prefix", TOOLCHAIN, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts=false"];
    const status = run("npm", "install", ...options, `node@${NODE}`, `pnpm@${PNPM}`);
    if (status !== 0) return status;
  }
  process.env.PATH = resolve(TOOLCHAIN, "node_modules/.bin") + delimiter + process.env.PATH;
  return run("node", "bootstrap.mjs", name, "pinned");
}

/** The version of a package of the toolchain, if it is installed. */
function versionOf(tool) {
  const manifest = `${TOOLCHAIN}/node_modules/${tool}/package.json`;
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}

function runPinned() {
  if (process.version !== `v${NODE}`) {
    console.error(
      `This needs Node ${NODE}, and npm has started ${process.version} instead.\n` +
        "The npm package `node` puts itself in place by an install script, which npm has not run: allow install scripts\n" +
        `(look for \`ignore-scripts\` in \`npm config list\`), remove the folder \`${TOOLCHAIN}\`, and try again. Or install\n` +
        `Node 24 and pnpm 12, then run \`pnpm install\` and \`pnpm ${name}\`.`,
    );
    return 1;
  }
  return command.install() || command.run();
}

function pnpm(...args) {
  return run("pnpm", ...args);
}

function run(program, ...args) {
  const { status, error } = spawnSync(program, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (error) console.error(`\`${program}\` could not be started: ${error.message}`);
  return status ?? 1;
}
