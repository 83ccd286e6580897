/** What this library reads of an OpenAPI 3.1 document whose `$ref`s are all local. */
export interface Document {
  readonly openapi?: string;
  readonly info?: { readonly title: string; readonly version: string };
  readonly servers?: readonly Server[];
  readonly security?: readonly SecurityRequirement[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths?: Readonly<Record<string, PathItem>>;
  readonly webhooks?: Readonly<Record<string, PathItem>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>> & {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme | Reference>>;
  };
}

export interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, ServerVariable>>;
}

export interface ServerVariable {
  readonly default?: string;
  readonly enum?: readonly string[];
  readonly "x-pattern"?: string;
}

export interface SecurityScheme {
  readonly type?: string;
  /** Of `http`: `bearer`, `basic`, … */
  readonly scheme?: string;
  /** Of an `apiKey`: where it stands, and the name that it has there. */
  readonly in?: string;
  readonly name?: string;
  readonly [key: string]: unknown;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** The methods of OpenAPI, in the order in which a path item is read. */
export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type Method = (typeof METHODS)[number];

/** The media type that a client sends and expects unless it is told otherwise. */
export const JSON_MEDIA_TYPE = "application/json";

export interface Reference {
  readonly $ref: string;
}

export type PathItem = { readonly [M in Method]?: OperationObject } & {
  readonly $ref?: string;
  readonly parameters?: readonly (Parameter | Reference)[];
};

export interface OperationObject {
  readonly operationId?: string;
  /** The name of the client's method, if it is not to follow from the `operationId`. */
  readonly "x-method-name"?: string;
  readonly tags?: readonly string[];
  /** The page of the vendor that it comes from. */
  readonly "x-source"?: string;
  /** What the vendor publishes of it: a key of `BASES`. */
  readonly "x-basis"?: string;
  /** Whether it only reads, though its method is one that may change something. */
  readonly "x-safe"?: boolean;
  readonly "x-pagination"?: Pagination;
  /** Of a delivery: the event that a webhook subscribes to for it. It does not follow from the type. */
  readonly "x-subscription"?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody | Reference;
  readonly responses?: Readonly<Record<string, ResponseObject | Reference>>;
  readonly security?: readonly SecurityRequirement[];
}

/** How the pages of an operation follow each other: by their numbers, or by cursors. {@link propertyPointer} reads properties. */
export type Pagination = {
  /** The name of the query parameter that asks for a page. */
  readonly parameter: string;
  /** The property of a page that holds its items. */
  readonly items: string;
} & (
  | {
      readonly style: "page";
      /** The property that says whether a page is the last. */
      readonly last: string;
      /** The property that says how many pages there are. */
      readonly total?: string;
    }
  | {
      readonly style: "cursor";
      /** The property that holds the cursor of the next page. The last page has none. */
      readonly next: string;
    }
);

/** What a parameter, a header and a media type have in common. */
export interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown } | Reference>>;
  /** Of a form: how its properties are written. */
  readonly encoding?: Readonly<Record<string, Encoding>>;
}

export interface Encoding {
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface Header extends MediaType {
  readonly description?: string;
  readonly required?: boolean;
  readonly style?: string;
  readonly explode?: boolean;
  readonly content?: Content;
}

export interface Parameter extends Header {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  /** The flag of the command line, without its hyphens, if it is not to follow from the name. */
  readonly "x-flag-name"?: string;
}

export interface RequestBody {
  readonly description?: string;
  readonly required?: boolean;
  readonly content?: Content;
}

export interface ResponseObject {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Content;
}

/** A JSON Schema (2020-12): an object of keywords, or `true` (anything) or `false` (nothing). */
export type Schema = SchemaObject | boolean;

export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly contentMediaType?: string;
  readonly contentEncoding?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly unevaluatedItems?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly unevaluatedProperties?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly description?: string;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly [keyword: string]: unknown;
}
