import type { Command } from "@commander-js/extra-typings";
import { collect, jsonOption, KEY_HELP, readSeconds, readTime } from "../options.ts";
import type { Run } from "../program.ts";

/** Adds `mindbridge verify`. */
export function addVerify(program: Command, run: Run): void {
  program
    .command("verify")
    .description("say whether a captured delivery is genuine, and if not, what happened to it")
    .requiredOption("--key <key>", KEY_HELP, collect)
    .requiredOption("--headers <file>", "the headers, as `Name: value` on a line each, or as JSON")
    .requiredOption("--body <file>", "the body, byte for byte; - for stdin")
    .option("--at <time>", "when it was received: judges its age then, as RFC 3339 or seconds since 1970", readTime)
    .option("--tolerance <seconds>", "judges its age: how many seconds may lie between (with --at: 300)", readSeconds)
    .option("--allow-test-key", "take the key of RFC 8032 that the mock's webhooks have: anyone can sign with it")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
The age of a delivery is told and, without --at or --tolerance, not judged.
Exit codes: 0 genuine (and in time, where that is judged), 1 not.

Examples:
  $ mindbridge verify --key whpk_… --headers headers.txt --body body.json
  $ mindbridge verify --key @key.pem --headers headers.json --body - < body.json
  $ mindbridge verify --key 66e0a4f7c2d81b0013fe5a90=whpk_… --headers headers.txt --body body.json --at 2026-03-02T09:15:05Z`,
    )
    .action(run(async () => (await import("./verify.ts")).verify));
}
