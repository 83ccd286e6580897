import type { Receive } from "./call.ts";
import type { RequestOptions } from "./options.ts";

export type { RequestOptions } from "./options.ts";

/** A response with the headers that the contract declares: `headers.get` of one that is required returns a string. */
export interface DeclaredResponse<Required extends string, Optional extends string = never> extends Response {
  readonly headers: DeclaredHeaders<Required, Optional>;
}

interface DeclaredHeaders<Required extends string, Optional extends string> extends Headers {
  get(name: Required | Lowercase<Required>): string;
  get(name: Optional | Lowercase<Optional> | (string & {})): string | null;
}

/** The data of a response together with the response. */
export interface WithResponse<T, Answer extends Response = Response> {
  readonly data: T;
  /** The response, for its status and headers: its body has been read. */
  readonly response: Answer;
}

/** A call under way: it resolves to the data of the response, or rejects with a `MindBridgeError`. */
export interface APIPromise<T, Answer extends Response = Response> extends Promise<T> {
  /** The data and the response, for its status and headers. It rejects as the call does. */
  withResponse(): Promise<WithResponse<T, Answer>>;
}

/**
 * A request body, or what was read of the same thing: the properties that only the server sets are not sent. Names that are
 * newer than this package go back as they came, so a misspelt `status` or event of an update compiles, too.
 */
export type AsRead<Body, Entity> = Body & Partial<Omit<Entity, keyof Body>>;

/**
 * The read-only properties of an object, by name. `true`: the property itself is read-only. An object: these properties of the object,
 * or of each object in the list, that the property holds. A number: the same as in an enclosing object, that many levels further out; 0
 * is the object that has the property. `*` stands for each property without an entry, as maps have them.
 */
export interface ReadOnlyProperties {
  readonly [name: string]: true | number | ReadOnlyProperties;
}

/** What a method of a resource passes on. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** Properties of the body that only the server sets, and that are not sent: who gives what was read has them. */
  readonly readOnly?: ReadOnlyProperties;
  /**
   * Whether a success has content: by default it has; `"optional"` if it may come without, and the data is then
   * `undefined`; `"none"` if the data is always `undefined`, whatever comes.
   */
  readonly content?: "optional" | "none";
  /** Whether the call only reads, though its method is one that may change something. */
  readonly safe?: boolean;
  /** Options of openapi-fetch for an operation that it does not serialize by itself. */
  readonly init?: object;
}

/** How the generated resources call the API. */
export type RequestFunction = <T, Answer extends Response = Response>(
  operation: string,
  method: string,
  path: string,
  input: RequestInput,
  options?: RequestOptions & {
    query?: object | undefined;
    /** How the response is read, if not as a text. */
    receive?: Receive;
  },
) => APIPromise<T, Answer>;
