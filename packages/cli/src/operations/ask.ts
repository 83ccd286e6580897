import { confirm, isCancel, log, multiselect, select, text } from "@clack/prompts";
import { CancelledError } from "../cancelled-error.ts";
import { readItems, readValue } from "./flag-values.ts";
import type { Flag } from "./table.ts";

// What asks is on stderr, so that stdout holds the answer of the API alone.
const output = process.stderr;

/**
 * Asks for the value of a flag: with a list to choose from where the document lists its values.
 *
 * @throws {CancelledError} on Ctrl+C.
 */
export async function askFor(flag: Flag, signal: AbortSignal): Promise<unknown> {
  const { name, description, list, type, values } = flag;
  const message = `${name}: ${description}`;
  const listed = type === "boolean" ? [true, false] : values;
  if (listed) {
    const options = listed.map((value) => ({ value, label: String(value) }));
    return answered(
      list
        ? await multiselect({ message, options, required: true, maxItems: 12, output, signal })
        : await select({ message, options, output, signal }),
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
  return read(answered(await text({ message, validate, output, signal })));
}

/**
 * Shows what will be sent, and asks whether to.
 *
 * @throws {CancelledError} where it is not to be sent.
 */
export async function confirmSending(command: string, lines: readonly string[], signal: AbortSignal): Promise<void> {
  log.message([`${command} sends:`, ...lines], { output });
  if (!answered(await confirm({ message: "Send it?", output, signal }))) throw new CancelledError();
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new CancelledError();
  return answer as Exclude<T, symbol>;
}
