import type { TestSigner } from "@mindbridge-sdk/testing";
import { examineEndpoint } from "@mindbridge-sdk/testing/examine";
import type { App } from "./processes.ts";

/** What is wrong with an app. */
export interface Faults {
  /** The deliveries that were answered wrongly, or that could not be checked, each with its answer. */
  readonly notRight: readonly string[];
  /** The names of the mistakes that explain them. */
  readonly mistakes: readonly string[];
}

/**
 * Examines an app that trusts the key of `signer`, and leaves nothing unchecked: each match of `effect` in its output counts as one
 * delivery that it has handled. Every example fails to handle an analysis that is called `fail`, unless it `queues` deliveries: then the
 * sender does not hear of that.
 */
export async function examine(
  { url, output }: Pick<App, "url" | "output">,
  signer: TestSigner,
  {
    effect = /^Analysis \S+ is complete\.$/gm,
    queues = false,
  }: { readonly effect?: RegExp; readonly queues?: boolean } = {},
): Promise<Faults> {
  const { cases, mistakes } = await examineEndpoint({
    url,
    signer,
    effects: () => output().match(effect)?.length ?? 0,
    failing: queues ? undefined : { data: { analysisId: "fail" } },
  });
  return {
    notRight: cases.filter(({ verdict }) => verdict !== "right").map(({ name, answer }) => `${name}: ${answer}`),
    mistakes: mistakes.map(({ name }) => name),
  };
}
