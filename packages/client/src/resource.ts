import type { RequestOptions } from "./options.ts";

export type { RequestOptions } from "./options.ts";

/** The data of a response together with the response. */
export interface WithResponse<T> {
  readonly data: T;
  /** The response, for its status and headers: its body has been read. */
  readonly response: Response;
}

/** A call under way: it resolves to the data of the response, or rejects with a `MindBridgeError`. */
export interface APIPromise<T> extends Promise<T> {
  /** The data and the response, for its status and headers. It rejects as the call does. */
  withResponse(): Promise<WithResponse<T>>;
}

/** What a method of a resource passes on. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** Whether success may come without a body; the data is then `undefined`. */
  readonly empty?: boolean;
}

/** How the generated resources call the API. */
export type RequestFunction = <T>(
  operation: string,
  method: string,
  path: string,
  input: RequestInput,
  options?: RequestOptions & { query?: object | undefined },
) => APIPromise<T>;
