import { isObject } from "@mindbridge-sdk/openapi";
import type { AnyDocument } from "../documents.ts";

/** A kind of thing that an OpenAPI document may hold, in the smallest document that has it. */
export interface Kind {
  /** The parts of the document. Kinds that are accepted are put together into one document, so each has names of its own. */
  readonly document: AnyDocument;
  /** Changes the text of the document, for what JavaScript cannot write as JSON. */
  readonly text?: (document: string) => string;
  /** How the generator refuses it; nothing for a kind that works. */
  readonly refused?: {
    readonly rule: string;
    readonly message: RegExp;
    /** What stands on the line that is named, in a document of JSON. */
    readonly line: string;
  };
  /** Problems of style that the generator warns of, as far as they are not those of every document of the corpus. */
  readonly warnings?: readonly { readonly rule: string; readonly message: RegExp; readonly line: string }[];
  /** A program of a user. The compiler takes it, with what is generated. */
  readonly program?: string;
  /** Bodies that the guard of a type takes, and others that it refuses. */
  readonly bodies?: Readonly<
    Record<string, { readonly valid: readonly unknown[]; readonly invalid: readonly unknown[] }>
  >;
  /** The flags that set parts of the request, in order, by the words of the command. */
  readonly flags?: Readonly<Record<string, readonly string[]>>;
  /** Bodies of deliveries, and what the receiver makes of them. */
  readonly deliveries?: readonly { readonly body: object; readonly known: boolean; readonly data?: unknown }[];
  /** A call, the answer that it gets, and the request that has to be sent for it. */
  readonly calls?: readonly ExpectedCall[];
  /** Calls that a validating client does not send, with the place and the keyword of each problem. */
  readonly refusedCalls?: readonly (Pick<ExpectedCall, "operation" | "arguments"> & {
    readonly problems: readonly string[];
  })[];
}

export interface ExpectedCall {
  /** The name of the method. */
  readonly operation: string;
  readonly arguments: readonly unknown[];
  /** `false` if Prism 5.16 refuses the request, though it is as the document says. */
  readonly mocked?: false;
  /** Options of the client. */
  readonly options?: object;
  readonly answer?: {
    readonly status?: number;
    readonly headers?: Record<string, string>;
    readonly body?: string | Uint8Array<ArrayBuffer>;
  };
  readonly sends?: {
    /** Path and query. */
    readonly url?: string;
    readonly body?: unknown;
    /** The body as it is written. */
    readonly text?: string;
    /** The parts of a form by their names: the value, or the name, the media type and the text of a file. */
    readonly form?: Readonly<Record<string, readonly string[]>>;
    /** Headers that are sent; `null` for those that must not be. */
    readonly headers?: Readonly<Record<string, string | null>>;
  };
  /** How the whole of a stream is read. */
  readonly read?: "text" | "blob";
  /** What the call resolves to. */
  readonly data?: unknown;
}

/** JSON of a schema, as a request body or a response has it. */
export const json = (schema: unknown, more: object = {}): AnyDocument => ({
  content: { "application/json": { schema, ...more } },
});

export const ref = (name: string): AnyDocument => ({ $ref: `#/components/schemas/${name}` });

const REFUSAL = { description: "Refused.", ...json({ type: "object", properties: { message: { type: "string" } } }) };

/** An operation that answers 204. */
export function operation(operationId: string, more: object = {}): AnyDocument {
  return {
    operationId,
    "x-basis": "own-page",
    summary: `Calls ${operationId}.`,
    ...more,
    responses: { ...Reflect.get({ responses: { 204: { description: "Done." } }, ...more }, "responses"), 400: REFUSAL },
  };
}

/** An object of JSON Schema that requires all of its properties. */
export function object(properties: object, more: object = {}): AnyDocument {
  return { type: "object", required: Object.keys(properties), properties, ...more };
}

const ROOT = {
  openapi: "3.1.1",
  info: { title: "Corpus", version: "1.0.0", license: { name: "MIT", identifier: "MIT" } },
  servers: [
    {
      url: "https://{tenant}.mindbridge.ai/api",
      variables: { tenant: { default: "acme", "x-pattern": "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$" } },
    },
  ],
  security: [{ bearer: [] }],
  paths: {},
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
};

/** One document of the parts of some kinds, and of another document. */
export function documentOf(kinds: readonly Kind[], root: AnyDocument = ROOT): AnyDocument {
  return kinds.map(({ document }) => document).reduce(merge, root);
}

/** Both objects, and the objects in them. Of two other values, the second. */
function merge(one: AnyDocument, other: AnyDocument): AnyDocument {
  if (!isObject(one) || !isObject(other)) return other;
  const merged = Object.entries(other).map(([key, value]) => [key, key in one ? merge(one[key], value) : value]);
  return { ...one, ...Object.fromEntries(merged) };
}
