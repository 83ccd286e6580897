import { confirm, isCancel, log, multiselect, select, text } from "@clack/prompts";
import { CancelledError } from "../cancelled-error.ts";
import { readItems, readValue } from "./flag-values.ts";
import type { Flag } from "./table.ts";

// What asks is on stderr, so that stdout holds the answer of the API alone.
const output = process.stderr;

/**
 * Asks for the value of a flag: with a list to choose from where the document lists its values.
 *
 * @throws {CancelledError} on Ctrl+C and Ctrl+D.
 */
export async function askFor(flag: Flag, signal: AbortSignal): Promise<unknown> {
  const { name, description, list, type, values } = flag;
  const message = `${name}: ${description}`;
  const listed = type === "boolean" ? [true, false] : values;
  if (listed) {
    const options = listed.map((value) => ({ value, label: String(value) }));
    return answered(signal, (ended) =>
      list
        ? multiselect<unknown>({ message, options, required: true, maxItems: 12, output, signal: ended })
        : select<unknown>({ message, options, output, signal: ended }),
    );
  }
  const read = (entered: string) => (list ? readItems(flag, entered) : readValue(flag, entered));
  const validate = (entered = "") => {
    if (entered === "") return "It is needed.";
    try {
      read(entered);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return read(await answered(signal, (ended) => text({ message, validate, output, signal: ended })));
}

/**
 * Shows what will be sent, and asks whether to.
 *
 * @throws {CancelledError} where it is not to be sent.
 */
export async function confirmSending(command: string, lines: readonly string[], signal: AbortSignal): Promise<void> {
  log.message([`${command} sends:`, ...lines], { output });
  const agreed = await answered(signal, (ended) =>
    confirm({ message: "Send it?", initialValue: false, output, signal: ended }),
  );
  if (!agreed) throw new CancelledError();
}

/** What a prompt is answered. Its signal is also aborted where no key can come any more, since it would wait for ever. */
async function answered<T>(
  signal: AbortSignal,
  ask: (ended: AbortSignal) => Promise<T | symbol>,
): Promise<Exclude<T, symbol>> {
  const ending = new AbortController();
  let closing: NodeJS.Immediate | undefined;
  // Readline pauses what it reads when it closes: at Ctrl+D, and at an answer, which comes first.
  const end = () => {
    closing = setImmediate(() => ending.abort());
  };
  process.stdin.once("pause", end);
  try {
    const answer = await ask(AbortSignal.any([signal, ending.signal]));
    if (isCancel(answer)) throw new CancelledError();
    return answer as Exclude<T, symbol>;
  } finally {
    process.stdin.off("pause", end);
    clearImmediate(closing);
  }
}
