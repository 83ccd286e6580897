import type { OPTIONAL_TOKENS, TOKEN_HEADERS } from "@mindbridge-sdk/contract";
import type { Middleware } from "openapi-fetch";
import type { MindBridgeError } from "./errors.ts";

/** The API token, or a function that is asked for it before each attempt. */
export type TokenSource = string | (() => string | Promise<string>);

/** The token of a client. It may be `undefined` if the contract has operations that need none. */
type Token = "" extends (typeof TOKEN_HEADERS)[keyof typeof TOKEN_HEADERS]
  ? TokenSource | undefined
  : typeof OPTIONAL_TOKENS extends readonly []
    ? TokenSource
    : TokenSource | undefined;

/** What `onAttempt` is told after each attempt. */
export interface AttemptInfo {
  /** Such as `webhooks.create`; through `api`, such as `api.GET`. */
  readonly operation: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** The status of the response, if there was one. */
  readonly status?: number | undefined;
  /** Why there was no response, or none that may be used. */
  readonly error?: MindBridgeError | undefined;
  /** Milliseconds until the next attempt, if there is one. */
  readonly waitMs?: number | undefined;
  /** The `X-Request-Id` of the response, if it had one. */
  readonly requestId?: string | undefined;
}

/** What can be set for all calls of a client, and changed for one. `undefined` stands for the default, `0` for 0. */
export interface CallOptions {
  /** What to call in place of the global `fetch`, with a URL and an init. It must not follow redirects. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * The longest that one attempt may take, in milliseconds, from asking for the token to the last byte of the body.
   * 30,000 by default; `Infinity` for no limit.
   */
  readonly timeout?: number | undefined;
  /** How many attempts may follow the first. 2 by default. A call that could do something twice is not repeated. */
  readonly maxRetries?: number | undefined;
  /**
   * The longest wait before a retry, in milliseconds; 60,000 by default. If the server asks for more, the call fails at
   * once with `retryAfter`. The client's own waits are cut to it.
   */
  readonly maxRetryWait?: number | undefined;
  /**
   * The longest body of a response, in bytes after decompression; 10,485,760 (10 MiB) by default, `Infinity` for no
   * limit. A longer one ends a call with a `ResponseTooLargeError`; that of an error is cut.
   */
  readonly maxResponseBytes?: number | undefined;
  /** Headers to send besides. Those of one call override those of the client, and `null` takes one away. */
  readonly headers?:
    | Headers
    | Record<string, string | number | boolean | (string | number | boolean)[] | null | undefined>
    | undefined;
  /** openapi-fetch's middleware. It runs once a call, outside the retries; that of one call after that of the client. */
  readonly middleware?: Middleware[] | undefined;
  /** Called after each attempt, for logs and metrics. It is not waited for, and what it throws is ignored. */
  readonly onAttempt?: ((info: AttemptInfo) => unknown) | undefined;
}

/** Options of one call. */
export interface RequestOptions extends CallOptions {
  /** Another tenant for this call. Not together with `baseUrl`. */
  readonly tenant?: string | undefined;
  /** Another server for this call. Not together with `tenant`. */
  readonly baseUrl?: string | undefined;
  /** Another token for this call. */
  readonly token?: TokenSource | undefined;
  /** Ends the call, also in a wait, with an `AbortError`. */
  readonly signal?: AbortSignal | null | undefined;
}

/** Options of a client besides its server. */
interface ClientOptions extends CallOptions {
  /** The API token, or a function that is asked for it before each attempt. */
  readonly token: Token;
  /**
   * Checks what is sent and received against the contract: what `contract()` of `@mindbridge-sdk/client/contract` makes.
   * It is middleware, and runs after any other.
   */
  readonly validate?: Middleware | undefined;
}

/** Options of a client whose server is that of a tenant. */
interface TenantOptions extends ClientOptions {
  /** The name of the tenant: `acme` for `https://acme.mindbridge.ai`. */
  readonly tenant: string;
  readonly baseUrl?: undefined;
}

/** Options of a client whose server is given by its address. */
interface BaseUrlOptions extends ClientOptions {
  readonly tenant?: undefined;
  /**
   * A host, `https://host` or `https://host/api`, which all mean `https://host/api`. Plain HTTP for the loopback addresses
   * only, then taken as it stands.
   */
  readonly baseUrl: string;
}

/** Options of a client: the server, by `tenant` or by `baseUrl`, a token, and what applies to all calls. */
export type MindBridgeOptions = TenantOptions | BaseUrlOptions;

/** Options of `clientFromEnv`, which override the environment. */
export interface EnvironmentOptions extends CallOptions {
  readonly tenant?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly token?: TokenSource | undefined;
}

/** Options that have been checked, with the defaults filled in. */
export interface Settings extends CallOptions {
  readonly validate?: Middleware | undefined;
  readonly baseUrl: string;
  readonly token: TokenSource | undefined;
  readonly timeout: number;
  readonly maxRetries: number;
  readonly maxRetryWait: number;
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal | null | undefined;
}

/** The names of the options of a call. */
export const REQUEST_OPTIONS: Readonly<Record<keyof RequestOptions, true>> = {
  tenant: true,
  baseUrl: true,
  token: true,
  signal: true,
  fetch: true,
  timeout: true,
  maxRetries: true,
  maxRetryWait: true,
  maxResponseBytes: true,
  headers: true,
  middleware: true,
  onAttempt: true,
};

export const DEFAULTS = { timeout: 30_000, maxRetries: 2, maxRetryWait: 60_000, maxResponseBytes: 10 * 1024 * 1024 };
