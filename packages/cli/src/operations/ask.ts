import { confirm, isCancel, log, multiselect, select, text } from "@clack/prompts";
import type { Context } from "../action.ts";
import { CancelledError } from "../errors.ts";
import { hasSeparators, readItems, valueLabel } from "./flag-values.ts";
import type { Flag } from "./table.ts";

/** Where questions are asked: on stderr, so that stdout holds the answer of the API alone. */
type Terminal = Pick<Context, "stdin" | "stderr" | "signal">;

/** What every prompt takes. */
interface PromptOptions {
  readonly input: Context["stdin"];
  readonly output: Context["stderr"];
  readonly signal: AbortSignal;
}

/**
 * Asks for the value of a flag: with a list to choose from, if the document lists its values.
 *
 * @throws {CancelledError} on Ctrl+C and Ctrl+D.
 */
export async function askFor(flag: Flag, terminal: Terminal): Promise<unknown> {
  const { name, description, list, type, values } = flag;
  const message = `${name}: ${description}`;
  const listed = type === "boolean" ? [true, false] : values;
  if (listed) {
    const choice = { message, options: listed.map((value) => ({ value, label: valueLabel(value) })) };
    return prompt(terminal, (options) =>
      list
        ? multiselect<unknown>({ ...choice, ...options, required: true, maxItems: 12 })
        : select<unknown>({ ...choice, ...options }),
    );
  }
  const items: unknown[] = [];
  const validate = (entered = "") => {
    if (entered === "") return items.length > 0 ? undefined : "It is needed.";
    try {
      readItems(flag, entered);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (;;) {
    const question = items.length > 0 ? `${name}: one more, or Enter alone if there is none.` : message;
    const entered = await prompt(terminal, (options) => text({ message: question, validate, ...options }));
    if (entered) items.push(...readItems(flag, entered));
    if (!list) return items[0];
    if (!entered || hasSeparators(flag)) return items;
  }
}

/**
 * Shows what will be sent, and asks whether to send it.
 *
 * @throws {CancelledError} if the user does not agree.
 */
export async function confirmSending(command: string, lines: readonly string[], terminal: Terminal): Promise<void> {
  log.message([`${command} sends:`, ...lines], { output: terminal.stderr });
  const agreed = await prompt(terminal, (options) => confirm({ message: "Send it?", initialValue: false, ...options }));
  if (!agreed) throw new CancelledError();
}

/**
 * Shows a plan, and asks whether to carry it out.
 *
 * @throws {CancelledError} if the user does not agree.
 */
export async function confirmPlan(lines: readonly string[], terminal: Terminal): Promise<void> {
  log.message([...lines], { output: terminal.stderr });
  const message = "Carry it out?";
  if (!(await prompt(terminal, (options) => confirm({ message, initialValue: false, ...options })))) {
    throw new CancelledError();
  }
}

/** Asks, and returns the answer. If stdin ends, the prompt would wait for ever, so its signal is aborted. */
export async function prompt<T>(
  { stdin, stderr, signal }: Terminal,
  ask: (options: PromptOptions) => Promise<T | symbol>,
): Promise<Exclude<T, symbol>> {
  const ending = new AbortController();
  let closing: NodeJS.Immediate | undefined;
  // Readline pauses stdin when it closes: at Ctrl+D, and after an answer, which then comes first.
  const end = () => {
    closing = setImmediate(() => ending.abort());
  };
  stdin.once("pause", end);
  try {
    const answer = await ask({ input: stdin, output: stderr, signal: AbortSignal.any([signal, ending.signal]) });
    if (isCancel(answer)) throw new CancelledError();
    return answer as Exclude<T, symbol>;
  } finally {
    stdin.off("pause", end);
    clearImmediate(closing);
  }
}
