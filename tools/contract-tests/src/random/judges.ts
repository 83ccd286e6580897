import { randomUUID } from "node:crypto";
import { follow } from "../dereference.ts";
import { isRecord } from "../schema.ts";
import type { BodyRequest } from "./requests.ts";

/** A body as it travels. */
export interface Body {
  readonly value: unknown;
  readonly text: string;
}

/** Says of a body whether it is what the contract asks for. */
export interface Judge {
  readonly name: string;
  accepts(body: Body): boolean | Promise<boolean>;
}

/** How the contract validates each operation, by its operationId. */
export type Validators = Readonly<Record<string, { readonly request?: (value: unknown) => boolean } | undefined>>;

/**
 * Asks the validator that the contract's users import.
 *
 * @throws {Error} if the contract has none for the request.
 */
export function emittedJudge({ operation }: BodyRequest, validators: Validators): Judge {
  const accepts = validators[operation]?.request;
  if (accepts === undefined) throw new Error(`${operation}: its body has no validator. Run \`pnpm generate\`.`);
  return { name: "the emitted validator", accepts: ({ value }) => accepts(value) };
}

/** In milliseconds. Prism answers within a few, or never. */
const TIME_OUT = 10_000;

/**
 * Asks a Prism mock, which validates with ajv, over HTTP.
 *
 * @param url Of the mock, without a base path.
 */
export function mockJudge(request: BodyRequest, url: () => string): Judge {
  return {
    name: "Prism",
    async accepts({ text }) {
      const response = await fetch(`${url()}${request.target}`, {
        method: request.httpMethod,
        headers: { ...request.headers, authorization: "Bearer random-bodies", "content-type": request.mediaType },
        body: text,
        signal: AbortSignal.timeout(TIME_OUT),
      });
      // Read to its end, so that the connection can be used again.
      const answer = await response.text();
      if (response.ok) return true;
      if (response.status === 422) return false;
      throw new Error(`${response.status}, which is neither success nor 422: ${answer}`);
    },
  };
}

/** What is used of Hyperjump. */
interface Hyperjump {
  readonly registerSchema: (schema: object, uri: string, dialect: string) => void;
  readonly setShouldValidateFormat: (should: boolean) => void;
  readonly validate: (uri: string) => Promise<(value: unknown) => { readonly valid: boolean }>;
}

/** By a name that the compiler does not follow: the declarations of version 1.18 have errors of their own. */
async function loadHyperjump(): Promise<Hyperjump> {
  await load("@hyperjump/json-schema/formats");
  return (await load("@hyperjump/json-schema/openapi-3-1")) as Hyperjump;
}

function load(name: string): Promise<unknown> {
  return import(name);
}

/** The dialect of JSON Schema that an OpenAPI 3.1 document is written in where it does not say otherwise. */
const DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";

/**
 * Asks Hyperjump's validator, which has nothing in common with ajv: it reads the document as it is, and follows each
 * `$ref` by itself.
 *
 * @param source The parsed document, with its `$ref`s.
 */
export async function independentJudge(request: BodyRequest, source: unknown): Promise<Judge> {
  const { registerSchema, setShouldValidateFormat, validate } = await loadHyperjump();
  setShouldValidateFormat(true);
  // A name of its own, since the library keeps what it was given.
  const uri = `https://document.example/${randomUUID()}`;
  if (!isRecord(source)) throw new Error("The document is no object.");
  const { jsonSchemaDialect: dialect } = source;
  registerSchema(structuredClone(source), uri, typeof dialect === "string" ? dialect : DIALECT);
  const accepts = await validate(`${uri}#${encodeURI(bodyPointer(source, request))}`);
  return { name: "Hyperjump", accepts: ({ value }) => accepts(value).valid };
}

/** Where the schema of a request's body stands. References to whole path items and bodies are followed on the way. */
function bodyPointer(source: unknown, { template, httpMethod, mediaType }: BodyRequest): string {
  let pointer = "";
  for (const key of ["paths", template, httpMethod.toLowerCase(), "requestBody", "content", mediaType, "schema"]) {
    const here = pointer === "" ? source : follow(source, `#${encodeURI(pointer)}`);
    if (isRecord(here) && typeof here.$ref === "string") pointer = decodeURIComponent(here.$ref.slice(1));
    pointer += `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return pointer;
}
