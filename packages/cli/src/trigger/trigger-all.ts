import type { TestSigner } from "@mindbridge-sdk/testing";
import { type CountEffects, type Examination, examineEndpoint, type Verdict } from "@mindbridge-sdk/testing/examine";
import { type Context, EXIT } from "../action.ts";
import { shownUrl } from "../addresses.ts";
import { UsageError } from "../errors.ts";
import type { Output } from "../output.ts";
import { formatCase, formatHint, formatMistake, withFlags } from "./format.ts";
import { type Event, type Setting, withSettings } from "./settings.ts";

/** How to examine an endpoint, and where it is. */
export interface Everything {
  readonly url: URL;
  readonly settings: readonly Setting[];
  /** In seconds. */
  readonly tolerance: number;
  /** In milliseconds. */
  readonly timeout: number;
  readonly effects: CountEffects | undefined;
  readonly failing: Setting | undefined;
  /** Whether to print every case. */
  readonly verbose: boolean;
}

/** The most cases of a verdict that are printed without --verbose. Where one is wrong, many are, for the same reason. */
const SHOWN = 10;

/** Examines an endpoint, and prints the cases that are not right, or every case, and then the mistakes. */
export async function triggerAll(
  { settings, failing, verbose, ...options }: Everything,
  signer: TestSigner,
  { output, signal }: Pick<Context, "output" | "signal">,
): Promise<number> {
  const put = (values: readonly Setting[]) => (event: Event) => withSettings(event, values);
  if (!verbose)
    output.tell("Sending every type, a repetition and every attack. Answers that are not right show here.\n");
  const met = new Map<Verdict, number>();
  let others = 0;
  const { passed, counts, cases, ...found } = await examineEndpoint({
    ...options,
    signer,
    signal,
    overrides: put(settings),
    failing: failing && put([failing]),
    onCase: (each) => {
      if (!verbose && each.verdict === "right") return;
      const count = (met.get(each.verdict) ?? 0) + 1;
      met.set(each.verdict, count);
      if (verbose || count <= SHOWN) output.tell(formatCase(each, output));
      else others += 1;
    },
  });
  if (others > 0) output.tell(`  … and ${others} more: --verbose shows every answer.`);
  const [mistakes, hints] = [found.mistakes.map(withFlags), found.hints.map(withFlags)];
  const document = { to: shownUrl(options.url), publicKey: signer.publicKey, ...counts, mistakes, hints, cases };
  output.result(document, () => summaryOf({ counts, mistakes, hints }, output));
  return passed ? EXIT.success : EXIT.failure;
}

function summaryOf(
  { counts, mistakes, hints }: Pick<Examination, "counts" | "mistakes" | "hints">,
  output: Output,
): string {
  const { right, wrong, lenient, unchecked } = counts;
  return [
    "",
    ...mistakes.map((mistake) => formatMistake(mistake, output)),
    ...hints.map((hint) => formatHint(hint, output)),
    `${right} right, ${wrong} wrong, ${lenient === 0 ? "" : `${lenient} lenient, `}${unchecked} not checked.`,
  ].join("\n");
}

/**
 * Makes a function that counts effects by asking an address.
 *
 * @throws {UsageError} if the address does not answer with a number.
 */
export async function effectsAt(url: URL, signal: AbortSignal): Promise<CountEffects> {
  const count = async (): Promise<number | undefined> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    try {
      const answer = await fetch(shownUrl(url), { headers: authorizationOf(url), signal: limited });
      const text = (await answer.text()).trim();
      return answer.ok && /^\d+$/.test(text) ? Number(text) : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };
  if ((await count()) !== undefined) return count;
  throw new UsageError(`--effects takes an address that answers GET with a number; ${shownUrl(url)} does not.`);
}

/** `fetch` takes no address with a user and a password. */
function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${credentials.toString("base64")}` };
}
