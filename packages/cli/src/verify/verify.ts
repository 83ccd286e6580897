import { resolve } from "node:path";
import { type Context, EXIT } from "../action.ts";
import { UsageError } from "../errors.ts";
import { readBytes, readJson, textOf } from "../input.ts";
import { fieldLines } from "../output.ts";
import { readKeys } from "../public-keys.ts";
import { readHeaders } from "./read-headers.ts";
import { type Capture, judge, type Verdict } from "./verdict.ts";

/** The options of `mindbridge verify`. */
export interface VerifyOptions {
  readonly key: readonly string[];
  /** The path of an event log, or `-` for stdin: in place of `headers` and `body`. */
  readonly log?: string | undefined;
  /** The path of a file. */
  readonly headers?: string | undefined;
  /** The path of a file, or `-` for stdin. */
  readonly body?: string | undefined;
  /** In seconds. */
  readonly tolerance?: number | undefined;
  /** In milliseconds since the epoch. */
  readonly at?: number | undefined;
  readonly allowTestKey?: true | undefined;
}

/** The tolerance of a receiver by default, in seconds. */
const USUAL_TOLERANCE = 300;

/**
 * Says whether a captured delivery is genuine and, if not, why. Its age counts only with `--at` or `--tolerance`.
 *
 * @throws {UsageError} if a file cannot be read, or does not hold headers or a key.
 */
export async function verify(options: VerifyOptions, context: Context): Promise<number> {
  const { output } = context;
  const { key, at, allowTestKey = false } = options;
  const tolerance = options.tolerance ?? (at === undefined ? undefined : USUAL_TOLERANCE);
  const { headers, body } = await readCapture(options, context);
  const verdict = await judge({ headers, body, keys: readKeys(key), at: at ?? Date.now(), tolerance, allowTestKey });
  const until = at === undefined ? "now" : "it was received";
  output.result(verdict, () => formatVerdict(verdict, until, output));
  return verdict.error === undefined ? EXIT.success : EXIT.failure;
}

/** @throws {UsageError} if the options do not go together, or a file does not hold what it should. */
async function readCapture(
  { log, headers, body }: VerifyOptions,
  context: Context,
): Promise<Pick<Capture, "headers" | "body">> {
  if (log !== undefined) {
    if (headers ?? body) throw new UsageError("--log has the headers and the body: leave out --headers and --body.");
    return readLog(log, context);
  }
  if (headers === undefined || body === undefined) {
    throw new UsageError(
      "Give --headers and --body, or --log for an event log. For a delivery in a folder of listen --save: --headers FOLDER/NAME.headers --body FOLDER/NAME.body",
    );
  }
  if (headers === body) {
    throw new UsageError("--headers and --body name the same file. If it is an event log, give it with --log.");
  }
  const text = textOf(await readBytes(`--headers: ${headers}`, resolve(headers), context));
  return {
    headers: readHeaders(text),
    body: await readBytes(body === "-" ? "--body" : `--body: ${body}`, body, context),
  };
}

/** The headers and the body in an event log, as `mindbridge webhook-event-logs get ID --json` prints it. */
async function readLog(path: string, context: Context): Promise<Pick<Capture, "headers" | "body">> {
  const log = Object(await readJson("--log", path, context)) as Readonly<Record<string, unknown>>;
  const { requestHeaders, requestBody } = log;
  if (typeof requestBody !== "string" || typeof requestHeaders !== "object" || requestHeaders === null) {
    throw new UsageError(
      "--log: the JSON must be an event log with requestHeaders and requestBody, as `mindbridge webhook-event-logs get ID --json` prints it.",
    );
  }
  return { headers: readHeaders(JSON.stringify(requestHeaders)), body: Buffer.from(requestBody) };
}

function formatVerdict(verdict: Verdict, until: string, output: Context["output"]): string {
  const { style } = output;
  const { genuine, error, delivery, causes } = verdict;
  const title = genuine
    ? style("green", "Genuine: the signature is right.")
    : `${style("red", "It does not verify:")} ${causes.length > 0 ? firstSentence(error?.message) : error?.message}`;
  const explained = causes.flatMap(({ name, explanation, whatToDo }) => [
    `${style("bold", name)}: ${explanation}`,
    `  What to do: ${whatToDo}`,
  ]);
  const fields = delivery ? fieldLines(delivery, output) : [];
  return [title, ...fields, ageOf(verdict, until), ...explained].join("\n");
}

/** What is wrong. The causes say better what to do about it. */
function firstSentence(message = ""): string {
  return message.replace(/(?<=\.) .*$/s, "");
}

function ageOf({ age, signedAt, inTime, error }: Verdict, until: string): string {
  if (age === null) return "Its age is not known: webhook-timestamp holds no time in seconds.";
  const span = `Signed at ${signedAt}, ${duration(Math.abs(age))} ${age < 0 ? "after" : "before"} ${until}`;
  if (inTime === null) return `${span}. A capture is old, so that is not judged: --at says when it was received.`;
  const refusal = error?.code === "too_old" || error?.code === "too_new" ? ` ${error.message}` : "";
  return `${span}: ${inTime ? "in time" : "a receiver refuses it for that"}.${refusal}`;
}

/** A time in its one or two largest units. */
function duration(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, length] of [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(left / length);
    if (count > 0) parts.push(`${count} ${unit}`);
    left -= count * length;
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}
