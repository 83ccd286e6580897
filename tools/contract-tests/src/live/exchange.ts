import type { PrismServer } from "@mindbridge-sdk/testing/mock-server";
import { type ClientClass, runCase } from "../run-case.ts";
import { whileRunning } from "../while-running.ts";
import type { LiveCheck } from "./checks.ts";
import type { Evidence } from "./judge.ts";
import { startProxyServer } from "./proxy-server.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { LiveSettings } from "./settings.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** The way to the live API: client → Prism's proxy → relay → API. */
export interface Exchange extends AsyncDisposable {
  /**
   * Makes the call of a check.
   *
   * @returns What came of it, or why there is nothing to judge.
   * @throws {Error} if Prism ends before the request has reached the API.
   */
  run(check: LiveCheck): Promise<Evidence | { readonly undecided: string }>;
}

/**
 * Starts what is needed to call the API.
 *
 * @param document The path of the OpenAPI document.
 */
export async function startExchange(
  settings: Pick<LiveSettings, "baseUrl" | "token">,
  document: string,
  MindBridge: ClientClass,
): Promise<Exchange> {
  const relay = await startRelay(settings);
  const start = (): Promise<PrismServer> => startProxyServer({ document, upstream: relay.url });
  let prism = await start().catch(async (error: unknown) => {
    await relay[Symbol.asyncDispose]();
    throw error;
  });

  async function run({ kind, contractCase }: LiveCheck): Promise<Evidence | { readonly undecided: string }> {
    let evidence: Evidence | undefined;
    let undecided = "the client sent no request";
    let ended: unknown;
    /** Sends through Prism, and gives the client what the API answered: Prism judges it, and does not stand in for it. */
    const fetchThroughPrism: typeof fetch = async (input, init) => {
      const sent = await whileRunning(prism, throughPrism(relay, input, init)).catch(async (error: unknown) => {
        // An answer that ends Prism is one to judge all the same.
        const [exchange] = relay.take();
        if (exchange === undefined || !("answer" in exchange)) {
          ended = error;
          throw error;
        }
        await prism.close();
        prism = await start();
        return { exchange, verdict: { violations: [], problem: "one that ended Prism" }, text: "" };
      });
      const { exchange, verdict, text } = sent;
      if (exchange === undefined || "failure" in exchange) {
        undecided = exchange === undefined ? `Prism refused the request: ${text}` : `no answer: ${exchange.failure}`;
        throw new Error(undecided);
      }
      evidence = { answer: exchange.answer, verdict };
      const { status, headers } = exchange.answer;
      const isBodiless = [204, 205, 304].includes(status);
      // `Response` takes no status above 599. What is decoded already must not be decoded again.
      const plain = new Headers(headers);
      plain.delete("content-encoding");
      plain.delete("content-length");
      const body = isBodiless ? null : exchange.answer.text;
      return new Response(body, { status: Math.min(status, 599), headers: plain });
    };
    const token = kind === "wrong-token" ? relay.wrongToken : relay.standIn;
    let failure: Error | undefined;
    try {
      await runCase(contractCase, { url: prism.url, MindBridge, token, fetch: fetchThroughPrism });
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    if (ended !== undefined) throw ended;
    return evidence === undefined ? { undecided } : { ...evidence, failure };
  }

  return {
    run,
    async [Symbol.asyncDispose]() {
      await prism.close();
      await relay[Symbol.asyncDispose]();
    },
  };
}

interface Sent {
  readonly exchange: ReturnType<Relay["take"]>[number] | undefined;
  readonly verdict: Verdict;
  /** What Prism answered. */
  readonly text: string;
}

async function throughPrism(relay: Relay, ...request: Parameters<typeof fetch>): Promise<Sent> {
  relay.take();
  const response = await fetch(...request);
  const text = await response.text();
  const exchange = relay.take().at(-1);
  const answered = exchange !== undefined && "answer" in exchange ? exchange.answer.text : undefined;
  return { exchange, verdict: verdictOf({ headers: response.headers, text }, answered), text };
}
