import type { Command } from "@commander-js/extra-typings";
import { apiUrlOption, collect, jsonOption, KEY_HELP, readPort } from "../options.ts";
import type { Run } from "../program.ts";

/** Adds `mindbridge listen`. */
export function addListen(program: Command, run: Run): void {
  program
    .command("listen")
    .description("show each delivery as it arrives: verified or why not, and what is in it, until it is interrupted")
    .option("--port <number>", "the port to listen on; 0 for a free one", readPort, 4020)
    .option("--forward <url>", "pass the method, the exact bytes and the headers on, and the answer back")
    .option("--allow-remote", "pass them on to another machine than this one")
    .option("--key <key>", KEY_HELP, collect, [])
    .option("--webhook <id>", "take the key of this webhook from the API; may be repeated", collect, [])
    .option("--save <folder>", "keep each delivery there, as `mindbridge verify` reads it")
    .option(
      "--key-file <path>",
      "where the key pair of `mindbridge trigger` is kept, whose deliveries are verified by default",
    )
    .addOption(apiUrlOption())
    .addOption(jsonOption("print a JSON document for each delivery on a line of stdout, and all else on stderr"))
    .addHelpText(
      "after",
      `
Without --key and --webhook, it verifies what \`mindbridge trigger\` signs.

Examples:
  $ mindbridge listen
  $ mindbridge listen --forward http://127.0.0.1:3000/webhooks --key whpk_…
  $ mindbridge listen --webhook 66e0a4f7c2d81b0013fe5a90 --save captured`,
    )
    .action(run(async () => (await import("./listen.ts")).listen));
}
