import type { Command } from "@commander-js/extra-typings";
import { jsonOption, readPort } from "../options.ts";
import type { Run } from "../program.ts";

/** Adds `mindbridge mock`. */
export function addMock(program: Command, run: Run): void {
  program
    .command("mock")
    .description("serve a mock of the API: the contract of this version, in Prism, until it is interrupted")
    .option("--port <number>", "the port to listen on; 0 for a free one", readPort, 4010)
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Prism, which it runs, is to be installed besides: npm install --save-dev @stoplight/prism-cli@5

Examples:
  $ mindbridge mock
  $ mindbridge mock --port 0 --json`,
    )
    .action(run(async () => (await import("./mock.ts")).mock));
}
