import type { Command } from "@commander-js/extra-typings";
import { collect, jsonOption, readSeconds, wholeNumber } from "../options.ts";
import type { Run } from "../program.ts";

/** An hour, in milliseconds: timers go wrong with what is very long. */
const LONGEST_TIMEOUT = 3_600_000;

/** Adds `mindbridge trigger` and `mindbridge public-key`. */
export function addTrigger(program: Command, run: Run): void {
  program
    .command("trigger")
    .description("sign a sample delivery and send it to an endpoint; with --all, every published type and every attack")
    .argument("[type]", "the type of the delivery, such as analysis.completed")
    .requiredOption("--to <url>", "where to send it")
    .option("--all", "send every type, a repetition and every attack, and say which answers were wrong, and why")
    .option("--set <path=value>", "put a value into the body; may be repeated", collect, [])
    .option("--repeat <number>", "send the same delivery so many times", wholeNumber(1, 1_000_000), 1)
    .option("--tamper <name>", "send it as an attack: a wrong name lists them")
    .option("--effects <url>", "with --all: what answers GET with the number of deliveries handled so far")
    .option("--failing <path=value>", "with --all: what makes the endpoint fail to handle a delivery")
    .option("--tolerance <seconds>", "how old the endpoint lets deliveries be", readSeconds, 300)
    .option(
      "--timeout <milliseconds>",
      "how long to wait for an answer, or an effect",
      wholeNumber(1, LONGEST_TIMEOUT),
      10_000,
    )
    .option("--allow-remote", "send to another machine than this one")
    .option("--key-file <path>", "where the key pair is kept, instead of in the folder for configuration")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
The key pair is made once. Its public half is what the endpoint verifies with: mindbridge public-key

Examples:
  $ mindbridge trigger analysis.completed --to http://127.0.0.1:3000/webhooks
  $ mindbridge trigger analysis.failed --to http://127.0.0.1:3000/webhooks --set data.analysisId=42 --repeat 2
  $ mindbridge trigger analysis.completed --to http://127.0.0.1:3000/webhooks --tamper id-is-another
  $ mindbridge trigger --all --to http://127.0.0.1:3000/webhooks`,
    )
    .action((type, options) => run(async () => (await import("./trigger.ts")).trigger)({ ...options, type }));

  program
    .command("public-key")
    .description("print the public key that verifies what trigger signs")
    .option("--key-file <path>", "where the key pair is kept, instead of in the folder for configuration")
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  $ export MINDBRIDGE_PUBLIC_KEY=$(mindbridge public-key)")
    .action(run(async () => (await import("../signing/public-key.ts")).publicKey));
}
