#!/usr/bin/env node
import { EXIT } from "./action.ts";
import { CancelledError } from "./errors.ts";

/** What `mindbridge --help` prints into 80 columns. The build makes it of the program. */
declare const HELP: string;

// Older versions fail later, in the middle of a command and without saying why. The packages have the same number in `engines`.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `mindbridge needs Node 22.13 or later, and this is ${process.versions.node}: https://nodejs.org\n`,
  );
  process.exit(EXIT.failure);
}

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // A program that reads our output may end first, as `head` does. That is not worth a message.
  if (code !== "EPIPE") process.stderr.write(`The output cannot be written: ${message}\n`);
  process.exit(EXIT.failure);
});
process.stderr.on("error", () => process.exit(EXIT.failure));

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  // If the first signal does not end the process, the second does.
  process.once(name, () => interruption.abort(new CancelledError("Interrupted.")));
}

const args = process.argv.slice(2);
const { columns = 80 } = process.stdout;
if (args.join(" ") === "--help" && columns === 80) {
  process.stdout.write(HELP);
} else {
  const { run } = await import("./run.ts");
  process.exitCode = await run(args, process, interruption.signal);
}
