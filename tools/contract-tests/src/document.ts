import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import { dereference, follow } from "./dereference.ts";
import type { Schema } from "./schema.ts";

export interface Example {
  readonly value?: unknown;
}

export interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

export type Header = Omit<Parameter, "name" | "in">;

export interface RequestBody {
  readonly required?: boolean;
  readonly content?: Content;
}

export interface ResponseObject {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Content;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface OperationObject {
  readonly operationId?: string;
  readonly "x-source"?: unknown;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses?: Readonly<Record<string, ResponseObject>>;
  readonly security?: readonly SecurityRequirement[];
}

export interface PathItem extends Readonly<Partial<Record<HttpMethod, OperationObject>>> {
  readonly parameters?: readonly Parameter[];
}

export interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default?: string; readonly "x-pattern"?: string }>>;
}

/** What this package reads of an OpenAPI 3.1 document, with every `$ref` replaced by what it points to. */
export interface Document {
  readonly servers?: readonly Server[];
  readonly security?: readonly SecurityRequirement[];
  readonly paths?: Readonly<Record<string, PathItem>>;
  readonly webhooks?: Readonly<Record<string, PathItem>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly securitySchemes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

export const HTTP_METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** The path of the document that the SDK is generated from. */
export const SPEC = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));

/** Reads a document and replaces each `$ref`; only those inside of what they point to stay. */
export async function readDocument(path: string = SPEC): Promise<Document> {
  return dereference(await parseDocument(path)) as Document;
}

/** Reads a document as it is written, with each `$ref` to another file made one within the document. */
export async function parseDocument(path: string = SPEC): Promise<unknown> {
  const { bundle: bundled } = await bundle({ ref: path, config: await createConfig({}) });
  return bundled.parsed;
}

/** Follows the `$ref` that is left in a schema that holds itself. */
export function resolveSchema(document: Document, schema: Schema): Schema {
  if (typeof schema === "boolean" || schema.$ref === undefined) return schema;
  return resolveSchema(document, follow(document, schema.$ref) as Schema);
}
