import type { IncomingMessage } from "node:http";
import { adviceOn } from "@mindbridge-sdk/receiver";
import type { TamperedDelivery } from "../attacks/attack.ts";
import { ConfigurationError } from "./errors.ts";

/** Answers requests, as what serves HTTP in Bun, Deno, Hono, Next.js and Workers does. It may be called several times at once. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** Where an endpoint is: at a URL, or in a function of this process. */
export type Target =
  | {
      /** Where to send deliveries, over `http:` or `https:`. It needs `node:http`, which Node, Bun and Deno have. */
      readonly url: string | URL;
      readonly handle?: undefined;
    }
  | {
      /** What answers deliveries. Nothing is sent over a network. An error that it throws counts as 500, as with a server. */
      readonly handle: Handler;
      /** The URL of the requests that `handle` gets, for what looks at the path. By default `https://localhost/webhooks`. */
      readonly url?: string | URL | undefined;
    };

/** How long to wait for an answer. */
export interface WaitOptions {
  /** In milliseconds, up to 2,147,483,647. 10,000 by default. */
  readonly timeout?: number | undefined;
  /** Ends the work when it is aborted: the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What an answer means to the sender of a delivery:
 * - `taken`: 2xx.
 * - `refused`: 4xx or 5xx.
 * - `limited`: 429, or 503 with `Retry-After`: the sender is to come again later. If the body has a `code` of a receiver, it is
 *   `limited` only with `overloaded`: every other one says why the delivery was refused.
 * - `redirected`: 3xx, which does not say what became of the delivery.
 * - `unanswered`: no answer, or an incomplete one.
 */
export type Outcome = "taken" | "refused" | "limited" | "redirected" | "unanswered";

/** What came back for a delivery. */
export type Answer = {
  readonly outcome: Outcome;
  /** From the start of sending to the end of the answer. */
  readonly milliseconds: number;
} & (
  | {
      readonly status: number;
      /** The first 2,000 characters. */
      readonly body: string;
      /** The `code` in the body, if it is one of `@mindbridge-sdk/receiver`: why the delivery was refused. */
      readonly code?: string;
      /** What `handle` threw, as text. */
      readonly error?: string;
    }
  | {
      readonly status: undefined;
      /** Why no answer came, such as `ECONNREFUSED`. */
      readonly error: string;
      readonly timedOut: boolean;
    }
);

/** A reply of an endpoint, whichever way it came. */
interface Reply {
  readonly status: number;
  readonly hasRetryAfter: boolean;
  readonly body: string;
  readonly error?: string;
}

/** How much of a body is kept, in characters. */
const KEPT = 2_000;
/** How long to wait for an answer by default, in milliseconds. */
export const DEFAULT_TIMEOUT = 10_000;
/** What a timer of 32 bits can hold. */
const LONGEST_TIMEOUT = 2_147_483_647;

/**
 * Sends a delivery to an endpoint as it stands. Over HTTP it takes a connection of its own, and a header that is an array
 * becomes several lines, which `fetch` cannot send. `handle` gets these joined with a comma.
 *
 * @returns What came back. It also resolves if nothing did.
 * @throws {ConfigurationError} if the URL or the time-out cannot work.
 * @throws The reason of `signal`, once it is aborted.
 */
export async function sendDelivery(
  delivery: Pick<TamperedDelivery, "headers" | "body">,
  { timeout = DEFAULT_TIMEOUT, signal, ...target }: Target & WaitOptions,
): Promise<Answer> {
  const url = urlOf(target);
  checkTimeout(timeout);
  signal?.throwIfAborted();
  // AbortSignal.timeout would let the process end while `handle` waits.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeout);
  const ended = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
  const started = performance.now();
  try {
    const replied = target.handle ? callHandler(target.handle, url, delivery, ended) : post(url, delivery, ended);
    const { hasRetryAfter, ...reply } = await replied;
    const milliseconds = performance.now() - started;
    const code = codeIn(reply.body);
    const isLimited = hasRetryAfter && (code === undefined || code === "overloaded");
    return { ...reply, ...(code && { code }), outcome: outcomeOf(reply.status, isLimited), milliseconds };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ConfigurationError) throw error;
    const timedOut = late.signal.aborted;
    const { code, message } = error as Error & { code?: string };
    return {
      status: undefined,
      outcome: "unanswered",
      error: timedOut ? `no answer within ${timeout} ms` : (code ?? message),
      timedOut,
      milliseconds: performance.now() - started,
    };
  } finally {
    clearTimeout(timer);
  }
}

/** @throws {ConfigurationError} if nothing can be sent there. */
export function urlOf({ handle, url: given }: Target): URL {
  const isFunction = typeof handle === "function";
  if (!isFunction && (handle !== undefined || given === undefined)) {
    throw new ConfigurationError(
      "Give url, the address of the endpoint, or handle, a function from Request to Response.",
    );
  }
  const text = String(given ?? "https://localhost/webhooks");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError("url: give one of http: or https:, such as http://127.0.0.1:3000/webhooks.");
  }
  if (isFunction && (url.username || url.password)) {
    throw new ConfigurationError("url: give one without a user and a password, since a Request can have neither.");
  }
  return url;
}

/** @throws {ConfigurationError} if it cannot be waited for so long. */
export function checkTimeout(timeout: number): void {
  if (timeout > 0 && timeout <= LONGEST_TIMEOUT) return;
  throw new ConfigurationError(`timeout: give milliseconds, more than 0 and at most ${LONGEST_TIMEOUT}.`);
}

async function callHandler(
  handle: Handler,
  url: URL,
  { headers, body }: Pick<TamperedDelivery, "headers" | "body">,
  signal: AbortSignal,
): Promise<Reply> {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each] as [string, string]),
  );
  const request = new Request(url, { method: "POST", headers: lines, body, signal });
  const replied = async (): Promise<Reply> => {
    try {
      const response = await handle(request);
      const text = (await response.text()).slice(0, KEPT);
      return { status: response.status, hasRetryAfter: response.headers.has("retry-after"), body: text };
    } catch (error) {
      return { status: 500, hasRetryAfter: false, body: "", error: String(error) };
    }
  };
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([replied(), aborted]);
}

async function post(
  url: URL,
  { headers, body }: Pick<TamperedDelivery, "headers" | "body">,
  signal: AbortSignal,
): Promise<Reply> {
  const { request } = await loadClient(url);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: "POST", headers, agent: false, signal })
      .on("response", resolve)
      // 101 changes the protocol: what follows is not HTTP, and the answer has no body.
      .on("upgrade", (upgrade, socket) => {
        socket.destroy();
        upgrade.push(null);
        resolve(upgrade);
      })
      .on("error", reject)
      .on("close", () => reject(new Error("the connection was closed before an answer came")))
      .end(body);
  });
  let kept = "";
  for await (const chunk of response.setEncoding("utf8")) kept = (kept + String(chunk)).slice(0, KEPT);
  return { status: response.statusCode ?? 0, hasRetryAfter: "retry-after" in response.headers, body: kept };
}

/** Node's client for `http:` or `https:`. Its name is computed, so that bundlers for runtimes without it leave it alone. */
async function loadClient({ protocol }: URL): Promise<Pick<typeof import("node:http"), "request">> {
  try {
    return await import(`node:${protocol.slice(0, -1)}`);
  } catch (cause) {
    throw new ConfigurationError("url: this runtime has no node:http. Give handle instead.", { cause });
  }
}

/** The code in `{"code":"…"}`, if a receiver answers with it. */
function codeIn(body: string): string | undefined {
  const [, code = ""] = /^\s*\{\s*"code"\s*:\s*"(\w+)"/.exec(body) ?? [];
  return adviceOn(code) && code;
}

function outcomeOf(status: number, isLimited: boolean): Outcome {
  if (status === 429 || (status === 503 && isLimited)) return "limited";
  if (status >= 400) return "refused";
  if (status >= 300) return "redirected";
  // A status below 200 announces another answer.
  return status >= 200 ? "taken" : "unanswered";
}

/** An answer in a few words, such as `204 in 1.3 ms`, or `500 raw_body in 1.3 ms`. */
export function formatAnswer(answer: Answer): string {
  if (answer.status === undefined) return answer.error;
  const time = `${answer.milliseconds.toFixed(answer.milliseconds < 10 ? 1 : 0)} ms`;
  const code = answer.code === undefined ? "" : ` ${answer.code}`;
  return `${answer.status}${code} in ${time}${answer.error === undefined ? "" : `; it threw ${answer.error}`}`;
}
