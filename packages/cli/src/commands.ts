import { Argument, type Command, Option } from "@commander-js/extra-typings";
import type { Run } from "./action.ts";
import {
  apiUrlOption,
  collect,
  collectHosts,
  jsonOption,
  KEY_HELP,
  profileOption,
  readPort,
  readSeconds,
  readTime,
  verboseOption,
  wholeNumber,
} from "./options.ts";

/** An hour, in milliseconds: timers go wrong with very long times. */
const LONGEST_TIMEOUT = 3_600_000;

const RESIGN_HELP = "sign it anew with the key of `mindbridge trigger`, in place of its own signature";
const KEY_FILE_HELP =
  "the file of the key pair of `mindbridge trigger`, in place of the one in the configuration folder";

/** Adds `mindbridge login`, `mindbridge logout` and `mindbridge profiles`. */
export function addLogin(program: Command, run: Run): void {
  const nameOption = (description: string) =>
    new Option("--profile <name>", `${description}, in place of MINDBRIDGE_PROFILE or else "default"`);
  program
    .command("login")
    .description("Keep the address of a tenant and a token as a profile, for the commands that call the API.")
    .addOption(nameOption("the name of the profile"))
    .option("--api-url <url>", "the API; on a terminal, it is asked for")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
It asks for the token without showing it, or reads it from stdin. It calls the
API once, and keeps nothing if that fails. The token is kept in the keychain of
the system or, if there is none that works, in a file that only you can read.

Examples:
  $ mindbridge login
  $ mindbridge login --profile staging --api-url https://staging.mindbridge.ai
  $ mindbridge login --api-url https://acme.mindbridge.ai < token.txt`,
    )
    .action(run(async () => (await import("./login.ts")).login));

  program
    .command("logout")
    .description("Remove a profile, and its token.")
    .addOption(nameOption("the profile"))
    .addOption(jsonOption())
    .addHelpText("after", "\nExamples:\n  $ mindbridge logout\n  $ mindbridge logout --profile staging")
    .action(run(async () => (await import("./login.ts")).logout));

  program
    .command("profiles")
    .description("List the profiles, and say which one is used. It prints no token.")
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  $ mindbridge profiles")
    .action(run(async () => (await import("./login.ts")).profiles));
}

/** Adds `mindbridge webhooks ensure`. */
export function addEnsure(group: Command, run: Run): void {
  group
    .command("ensure")
    .summary("Create or change webhooks to match a file.")
    .description(
      `Creates the webhooks of a file that are missing, changes those that differ, and leaves the others alone. It deletes nothing.

It shows a plan first. Finding and changing webhooks follows from the vendor's general rule for every entity: no page of its own is published.`,
    )
    .requiredOption(
      "--file <path>",
      "JSON: a webhook as `webhooks create --data` takes it, or a list of them; one with an id is found by it; - for stdin",
    )
    .addOption(
      new Option("--match <field>", "by what a webhook is found")
        .choices(["name", "url"] as const)
        .default("name" as const),
    )
    .option("--dry-run", "show the plan, and write nothing")
    .option("-y, --yes", "carry the plan out without asking, as is always done without a terminal")
    .addOption(apiUrlOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Run it when you deploy, one at a time: two at once can make two webhooks.

Examples:
  $ mindbridge webhooks ensure --file webhooks.json --dry-run
  $ mindbridge webhooks ensure --file webhooks.json --yes`,
    )
    .action(run(async () => (await import("./ensure.ts")).ensure));
}

/** Adds `mindbridge completion`, which needs the whole program. */
export function addCompletion(program: Command, run: Run): void {
  program
    .command("completion")
    .description("Print a script that completes commands, flags and values in your shell.")
    .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"] as const))
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Examples:
  $ source <(mindbridge completion bash)     # in ~/.bashrc
  $ source <(mindbridge completion zsh)      # in ~/.zshrc, after compinit
  $ mindbridge completion fish | source      # in ~/.config/fish/config.fish`,
    )
    .action((shell, options) =>
      run(async () => (await import("./completion.ts")).completion)({ ...options, shell, program }),
    );
}

/** Adds `mindbridge mock`. */
export function addMock(program: Command, run: Run): void {
  program
    .command("mock")
    .description("Serve a mock of the API on this machine, and print a line for each request.")
    .option("--port <number>", "the port to listen on; 0 for a free one", readPort, 4010)
    .option("--stateful", "keep what is created, and deliver to it, in place of answering with examples; without Prism")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Without --stateful, it runs Prism, which you install yourself:
  $ npm install --save-dev @stoplight/prism-cli@5

Examples:
  $ mindbridge mock --stateful
  $ mindbridge mock
  $ mindbridge mock --port 0 --json`,
    )
    .action(run(async () => (await import("./mock.ts")).mock));
}

/** Adds `mindbridge trigger` and `mindbridge public-key`. */
export function addTrigger(program: Command, run: Run): void {
  program
    .command("trigger")
    .description(
      "Sign a sample delivery and send it to an endpoint; with --all, every published type and every attack.",
    )
    .argument("[type]", "the type of the delivery, such as analysis.completed")
    .requiredOption("--to <url>", "where to send it")
    .option("--all", "send every type, a repetition and every attack, and say which answers were wrong, and why")
    .option("--set <path=value>", "put a value into the body; may be repeated", collect, [])
    .option("--repeat <number>", "how many times to send the delivery", wholeNumber(1, 1_000_000), 1)
    .option("--tamper <name>", "send it as this attack; `list` prints the names of all attacks, and sends nothing")
    .option("--effects <url>", "with --all: an address that answers GET with the number of deliveries handled so far")
    .option(
      "--failing <path=value>",
      "with --all: a value in the body that the endpoint fails to handle, at every attempt",
    )
    .option("--tolerance <seconds>", "how old a delivery may be for the endpoint", readSeconds, 300)
    .option(
      "--timeout <milliseconds>",
      "how long to wait for an answer, or an effect",
      wholeNumber(1, LONGEST_TIMEOUT),
      10_000,
    )
    .option("--allow-remote", "send to another machine than this one")
    .option("--key-file <path>", "the file of the key pair, in place of the one in the configuration folder")
    .addOption(verboseOption("with --all: show every answer, not only those that are not right"))
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
The key pair is made once. The endpoint verifies with its public half:
  $ mindbridge public-key

Examples:
  $ mindbridge trigger analysis.completed --to localhost:3000/webhooks
  $ mindbridge trigger analysis.failed --to localhost:3000/webhooks \\
      --set data.analysisId=42 --repeat 2
  $ mindbridge trigger analysis.completed --to localhost:3000/webhooks \\
      --tamper id-is-another
  $ mindbridge trigger --all --to localhost:3000/webhooks`,
    )
    .action((type, options) => run(async () => (await import("./trigger/trigger.ts")).trigger)({ ...options, type }));

  program
    .command("public-key")
    .description("Print the public key that verifies what trigger signs.")
    .option("--key-file <path>", "the file of the key pair, in place of the one in the configuration folder")
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  $ export MINDBRIDGE_PUBLIC_KEY=$(mindbridge public-key)")
    .action(run(async () => (await import("./signing-key.ts")).publicKey));
}

/** Adds `mindbridge listen`. */
export function addListen(program: Command, run: Run): void {
  program
    .command("listen")
    .description("Show each delivery as it arrives: verified or why not, and what is in it.")
    .option("--port <number>", "the port to listen on; 0 for a free one", readPort, 4020)
    .option("--forward <url>", "pass the method, the exact bytes and the headers on, and the answer back")
    .option("--allow-remote", "pass deliveries on to another machine than this one")
    .option(
      "--allow-host <name>",
      "take requests for this host too, such as that of a tunnel; may be repeated",
      collectHosts,
      [],
    )
    .option("--key <key>", KEY_HELP, collect, [])
    .option("--webhook <id>", "take the key of this webhook from the API; may be repeated", collect, [])
    .option("--save <folder>", "keep each delivery in this folder, for `verify`, `replay` and the next --inspect")
    .addOption(
      new Option("--inspect [port]", "show deliveries on a page of this machine; without a port, on a free one")
        .argParser(readPort)
        .preset("0"),
    )
    .option("--compact", "print one line for each delivery")
    .option(
      "--key-file <path>",
      "the file of the key pair of `mindbridge trigger`, whose deliveries are verified by default",
    )
    .addOption(apiUrlOption())
    .addOption(profileOption())
    .addOption(jsonOption("print a JSON document for each delivery on a line of stdout, and everything else on stderr"))
    .addHelpText(
      "after",
      `
Without --key and --webhook, it verifies what \`mindbridge trigger\` signs.
A request whose Host header names another machine than this one is refused with
421, unless --allow-host names it.
On a terminal, r sends the last delivery again, R signs it anew first, f shows
only deliveries that contain a text, and q ends it.

Examples:
  $ mindbridge listen
  $ mindbridge listen --forward localhost:3000/webhooks --inspect
  $ mindbridge listen --forward localhost:3000/webhooks --key whpk_…
  $ mindbridge listen --webhook 66e0a4f7c2d81b0013fe5a90 --save captured
  $ mindbridge listen --allow-host hooks.example.com`,
    )
    .action(run(async () => (await import("./listen/listen.ts")).listen));
}

/** Adds `mindbridge verify`. */
export function addVerify(program: Command, run: Run): void {
  program
    .command("verify")
    .description("Say whether a captured delivery is genuine and, if not, what happened to it.")
    .requiredOption("--key <key>", KEY_HELP, collect)
    .option("--log <file>", "an event log, as `webhook-event-logs get --json` prints it; - for stdin")
    .option("--headers <file>", "without --log: the headers, as `Name: value` on a line each, or as JSON")
    .option("--body <file>", "without --log: the body, byte for byte; - for stdin")
    .option(
      "--at <time>",
      "when it was received, as RFC 3339 or seconds since 1970: judges its age at that time",
      readTime,
    )
    .option("--tolerance <seconds>", "judges its age: how old it may be (with --at: 300)", readSeconds)
    .option("--allow-test-key", "take the key of RFC 8032 that the mock's webhooks have: anyone can sign with it")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Without --at or --tolerance, the age of a delivery is told but not judged.
Exit codes: 0 genuine (and in time, if that is judged), 1 not.

Examples:
  $ mindbridge verify --key whpk_… --headers headers.txt --body body.json
  $ mindbridge verify --key @key.pem --headers headers.json --body - < body.json
  $ mindbridge webhook-event-logs get 66e0b1d3c2d81b0013fe5b17 --json > log.json
  $ mindbridge verify --key @webhook.json --log log.json
  $ mindbridge verify --key 66e0a4f7c2d81b0013fe5a90=whpk_… \\
      --headers headers.txt --body body.json --at 2026-03-02T09:15:05Z`,
    )
    .action(run(async () => (await import("./verify/verify.ts")).verify));
}

const answerTimeout = () =>
  new Option("--timeout <milliseconds>", "how long to wait for an answer")
    .argParser(wholeNumber(1, LONGEST_TIMEOUT))
    .default(10_000);

/** Adds `mindbridge replay`. */
export function addReplay(program: Command, run: Run): void {
  program
    .command("replay")
    .description("Send an endpoint a delivery again: what the event log has of it, or what `listen --save` kept.")
    .argument(
      "<event-id-or-folder>",
      "the id of an event, to ask the API for its log, or the folder of `listen --save`",
    )
    .requiredOption("--to <url>", "where to send it")
    .option("--resign", RESIGN_HELP)
    .option("--allow-remote", "send to another machine than this one")
    .addOption(answerTimeout())
    .option("--key-file <path>", KEY_FILE_HELP)
    .addOption(verboseOption("show what was taken, too"))
    .addOption(apiUrlOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
It is sent as it was, so an endpoint that checks the time of signing refuses it
after some minutes. --resign signs it anew with the key of \`mindbridge trigger\`,
for an endpoint that verifies with \`mindbridge public-key\`.

Examples:
  $ mindbridge replay 66e0b1d3c2d81b0013fe5b17 --to localhost:3000/webhooks
  $ mindbridge replay captured --to localhost:3000/webhooks --resign`,
    )
    .action((source, options) => run(async () => (await import("./replay/replay.ts")).replay)({ ...options, source }));
}

/** Adds `mindbridge recover`. */
export function addRecover(program: Command, run: Run): void {
  program
    .command("recover")
    .description("Send an endpoint what it has missed, by the event logs of a webhook.")
    .requiredOption("--webhook <id>", "the webhook whose deliveries were missed")
    .requiredOption("--to <url>", "where to send them")
    .option("--since <time>", "leave out older logs: RFC 3339, or seconds since 1970", readTime)
    .option("--status <status>", "the logs of this status, in place of those that failed; may be repeated", collect, [])
    .option("--concurrency <number>", "how many to send at a time", wholeNumber(1, 1000), 4)
    .option("--resign", RESIGN_HELP)
    .option("--allow-remote", "send to another machine than this one")
    .addOption(answerTimeout())
    .option("--key-file <path>", KEY_FILE_HELP)
    .addOption(verboseOption("show what was taken, too"))
    .addOption(apiUrlOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Each is sent as it was, and the endpoint must know what it has handled. One that
checks the time of signing refuses what is old: in a program of yours,
recoverDeliveries() of @mindbridge-sdk/receiver/recover has a receiver handle it
all the same.

MindBridge does not document this query. We infer it from its rule for all
entities.

Examples:
  $ mindbridge recover --webhook 66e0a4f7c2d81b0013fe5a90 \\
      --to localhost:3000/webhooks
  $ mindbridge recover --webhook 66e0a4f7c2d81b0013fe5a90 \\
      --to localhost:3000/webhooks --since 2026-03-02T00:00:00Z`,
    )
    .action(run(async () => (await import("./replay/recover.ts")).recover));
}
