import { exportsOf, type Model, readContent, validatedBodies } from "@mindbridge-sdk/generator";
import {
  below,
  canonicalJson,
  type Delivery,
  type Document,
  deliveriesOf,
  examplesOf,
  follow,
  type Header,
  isJson,
  isReference,
  JSON_MEDIA_TYPE,
  jsonMediaType,
  keysOf,
  type Located,
  type MediaType,
  type Operation,
  operationsOf,
  type Parameter,
  parameterName,
  parametersOf,
  pointerOf,
  type RequestBody,
  resolve,
  type Schema,
  type SecurityScheme,
  schemaName,
  valueAt,
} from "@mindbridge-sdk/openapi";
import type { Direction } from "./change.ts";

/** What a document offers to users is a tree of parts: an operation has parameters, a response has headers. */
export interface Part extends Side {
  readonly kind: Kind;
  /** Finds the part in the other document, among the parts that stand around it. */
  readonly key: string;
  /** Finds a part that has another key there. */
  readonly likeness?: string | undefined;
  /** What users call it, where that does not follow from the place where it stands. */
  readonly name?: string;
  /** What users call it at this place. */
  readonly label?: string;
  readonly pointer: string;
  /** Where a `$ref` leads to that stands at the pointer. */
  readonly target?: string;
  /** What it states, by keyword. */
  readonly states?: Readonly<Record<string, unknown>>;
  readonly schema?: Located<Schema> | undefined;
  /** Of a type of delivery: the schema of its body, which is compared with the delivery unless the type is listed elsewhere. */
  readonly body?: Located<Schema> | undefined;
  readonly parts?: readonly Part[];
}

/** The side of the contract that a part is on, and the operation or the type of delivery that it belongs to. */
interface Side {
  readonly direction: Direction;
  readonly operation?: string | undefined;
}

type Kind =
  | "operation"
  | "delivery"
  | "type of delivery"
  | "examples of a delivery"
  | "security of a call"
  | "security of a delivery"
  | "export"
  | "key of a type"
  | "server"
  | "server variable"
  | "spare server"
  | "component"
  | "example"
  | MessagePart;

type MessagePart = "parameter" | "path parameter" | "body" | "response" | "header" | "media type";
type Message = Header & Partial<Parameter>;
type Exchange = Operation | Delivery;

const NAME = { direction: "name" } as const;

/** What the document of a model offers. */
export function contractOf(model: Model): Part[] {
  const { source: document } = model;
  return [
    ...operationsOf(document).map((operation) => operationPart(document, operation)),
    ...deliveriesOf(document).flatMap((delivery) => deliveryParts(document, delivery)),
    ...exportParts(model),
    ...keyParts(document),
    ...serverParts(document),
    ...componentParts(document),
  ];
}

// ---- Operations and deliveries -------------------------------------------------------------------------------------------------

function operationPart(document: Document, operation: Operation): Part {
  const { id, method, path, pointer, object } = operation;
  const place = `${method.toUpperCase()} ${path}`;
  const key = id || place;
  return {
    kind: "operation",
    key,
    likeness: place.replaceAll(/\{[^{}]*\}/g, "{}"),
    name: `\`${key}\``,
    pointer,
    direction: "name",
    operation: key,
    states: {
      deprecated: isTrue(object, "deprecated"),
      paths: place,
      "x-pagination": object["x-pagination"] ?? null,
      "x-safe": isTrue(object, "x-safe"),
    },
    parts: exchangeParts(document, operation, key),
  };
}

/** A delivery by its key under `webhooks`, and by each of its types. */
function deliveryParts(document: Document, delivery: Delivery): Part[] {
  const { name, method, types, pointer, object } = delivery;
  const [first = name] = types;
  const body = bodyAt(document, delivery);
  const mediaType = jsonMediaType(body.value) ?? JSON_MEDIA_TYPE;
  const content = below(body, "content", mediaType) as Located<MediaType | undefined>;
  const key = `${method.toUpperCase()} ${name}`;
  const listed = `\`webhooks["${name}"]\``;
  const side = { pointer, direction: "delivery" } as const;
  const states = { deprecated: isTrue(object, "deprecated") };
  const parts = exchangeParts(document, delivery, first);
  return [
    { ...side, kind: "delivery", key, likeness: name, name: listed, operation: name, states, parts },
    ...types.map((type): Part => {
      const own = { ...side, operation: type, name: `the delivery \`${type}\`` };
      const examples = exampleParts(document, content, { ...NAME, operation: type });
      const named = { ...own, ...NAME, name: `the examples of ${own.name}`, parts: examples };
      // The constants of examples have them by the first type of each delivery.
      const hasConstants = type === first && examples.length > 0;
      return {
        ...own,
        kind: "type of delivery",
        key: type,
        states: { listed: name },
        body: schemaIn(content),
        parts: hasConstants ? [{ ...named, kind: "examples of a delivery", key: "" }] : [],
      };
    }),
  ];
}

/** The parts of an operation or a delivery: what is sent, what comes back, and how it is authenticated. */
function exchangeParts(document: Document, exchange: Exchange, operation: string): Part[] {
  const isCall = exchange.kind === "operation";
  const request: Side = { direction: isCall ? "request" : "delivery", operation };
  const answer: Side = { direction: isCall ? "response" : "answer", operation };
  const body = bodyAt(document, exchange);
  const place = below({ value: exchange.object, pointer: exchange.pointer }, "responses");
  const responses = childrenOf(place).filter(([status]) => !status.startsWith("x-"));
  return [
    securityPart(document, exchange, operation),
    ...ownServerParts(exchange, operation),
    ...parameterParts(document, exchange, request),
    ...(body.value ? [messagePart(document, "body", "", body, request)] : []),
    ...responses.map(([status, response]) => messagePart(document, "response", status, response, answer)),
  ];
}

const bodyAt = (document: Document, { object, pointer }: Exchange) =>
  follow(document, below({ value: object, pointer }, "requestBody")) as Located<RequestBody | undefined>;

function parameterParts(document: Document, exchange: Exchange, side: Side): Part[] {
  const { object, pointer } = exchange;
  const item = pointerOf(keysOf(pointer).slice(0, -1));
  const path = exchange.kind === "operation" ? exchange.path : "";
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  const parameters = parametersOf(
    document,
    { value: valueAt(document, item), pointer: item },
    { value: object, pointer },
  );
  return parameters.map((parameter) => {
    const { in: place, name } = parameter.value;
    if (place !== "path") return messagePart(document, "parameter", parameterName(parameter.value), parameter, side);
    // Those of a path go by their order.
    return messagePart(document, "path parameter", String(inPath.indexOf(name)), parameter, side);
  });
}

/** A part of what is sent or comes, with the headers and the media types below it. */
function messagePart(document: Document, kind: MessagePart, key: string, place: Located, side: Side): Part {
  const found = follow(document, place) as Located<Message>;
  const { pointer } = kind === "header" || kind === "response" ? place : found;
  const partsIn = (keyword: string, part: MessagePart): Part[] =>
    childrenOf(below(found, keyword)).map(([name, child]) => messagePart(document, part, name, child, side));
  const own = { kind, key, pointer, target: found.pointer, ...side, schema: schemaIn(found) };
  if (kind !== "media type") {
    const content = contentOf(kind, key, found.value, side);
    const states = { ...statesOf(kind, found.value, isReference(place.value)), content };
    return { ...own, states, parts: [...partsIn("headers", "header"), ...partsIn("content", "media type")] };
  }
  const hasConstants = isJson(key) && (side.direction === "request" || side.direction === "response");
  const parts = hasConstants ? exampleParts(document, found, { ...side, ...NAME }) : [];
  return { ...own, label: `the media type \`${key}\``, parts };
}

/** What the client writes as a body, or reads as a success: the types of its methods follow from it. */
function contentOf(kind: MessagePart, status: string, value: Message, { direction }: Side): string | undefined {
  const isSent = kind === "body" && direction === "request";
  const isResult = kind === "response" && direction === "response" && status.startsWith("2");
  const content = isSent || isResult ? readContent(value) : undefined;
  if (content === undefined) return undefined;
  if (content.kind === "json") return "JSON";
  if (isResult) return "a stream";
  if (content.kind === "bytes") return "bytes";
  return /^multipart/i.test(content.mediaType) ? "a multipart form" : "a URL-encoded form";
}

/** Whether a part has to be there, and how its value is written. */
function statesOf(kind: MessagePart, value: Message, isReferredTo: boolean) {
  const { in: place = "header", style = place === "query" || place === "cookie" ? "form" : "simple" } = value;
  // openapi-typescript takes a header that is referred to for required, and one that is written in place for what it says.
  const required = isTrue(value, "required") ? REQUIRED : Number(kind === "header" && isReferredTo);
  return {
    // Whether a parameter of a path is required follows from the path.
    required: place === "path" ? REQUIRED : required,
    deprecated: isTrue(value, "deprecated"),
    allowEmptyValue: isTrue(value, "allowEmptyValue"),
    style: [style, value.explode ?? style === "form", isTrue(value, "allowReserved")],
  };
}

/** The greatest value of what a part states as `required`. */
export const REQUIRED = 2;

/** The examples of a JSON body: the constants of examples are typed by their names. */
function exampleParts(document: Document, { value, pointer }: Located<MediaType | undefined>, side: Side): Part[] {
  return (value ? examplesOf(document, value) : []).map((example) => {
    const key = example.name ?? "example";
    const label = `the example \`${key}\``;
    return { kind: "example", key, likeness: canonicalJson(example.value), label, pointer, ...side };
  });
}

function schemaIn(part: Located): Located<Schema> | undefined {
  const schema = below(part, "schema") as Located<Schema | undefined>;
  return schema.value === undefined ? undefined : (schema as Located<Schema>);
}

/** What stands below each key of a map or a list. */
function childrenOf(part: Located): [key: string, Located][] {
  return Object.keys(part.value ?? {}).map((key) => [key, below(part, key)]);
}

const isTrue = (object: object, keyword: string): boolean => Reflect.get(object, keyword) === true;

// ---- Security and servers ------------------------------------------------------------------------------------------------------

function securityPart(document: Document, { kind, object, pointer, security }: Exchange, operation: string): Part {
  const isDelivery = kind === "delivery";
  return {
    kind: isDelivery ? "security of a delivery" : "security of a call",
    key: "",
    name: `the way ${isDelivery ? "deliveries" : "calls"} are authenticated`,
    pointer: object.security === undefined ? "#/security" : `${pointer}/security`,
    direction: "security",
    operation,
    states: { security: waysToAuthenticate(document, security) },
  };
}

/** Each way is the list of its schemes as they are described, whatever their names, with the scopes that are asked for. */
function waysToAuthenticate(document: Document, security: Exchange["security"]): string[][] {
  const described = (name: string): string => {
    const named = resolve<SecurityScheme>(document, document.components?.securitySchemes?.[name] ?? { name });
    const { description: _, bearerFormat: __, flows = {}, ...rest } = named;
    const scheme = Object.entries(rest).filter(([key]) => !key.startsWith("x-"));
    // Where tokens come from counts; which scopes there are is for people to read.
    const issuers = Object.entries(flows as object).map(([flow, issuer]) => [flow, { ...issuer, scopes: undefined }]);
    return canonicalJson([Object.fromEntries(scheme), Object.fromEntries(issuers)]);
  };
  return (security.length > 0 ? security : [{}]).map((way) =>
    Object.entries(way).flatMap(([name, scopes]) => ["", ...scopes].map((scope) => `${described(name)} ${scope}`)),
  );
}

const ADDRESS = { direction: "address" } as const;

function ownServerParts({ object, pointer }: Exchange, operation: string): Part[] {
  const servers: unknown = Reflect.get(object, "servers");
  const part: Part = { ...ADDRESS, kind: "spare server", key: "", pointer: `${pointer}/servers`, operation };
  return servers === undefined ? [] : [{ ...part, states: { servers } }];
}

/** The packages use the first server of the document. */
function serverParts({ servers: [first, ...others] = [] }: Document): Part[] {
  const variables = Object.entries(first?.variables ?? {}).map(([key, variable]): Part => {
    const states = { "x-pattern": variable["x-pattern"], enum: Reflect.get(variable, "enum") };
    return { ...ADDRESS, kind: "server variable", key, pointer: pointerOf(["servers", "0", "variables", key]), states };
  });
  const states = { url: first?.url ?? "" };
  return [
    { ...ADDRESS, kind: "server", key: "", pointer: "#/servers/0/url", states, parts: variables },
    ...others.map(({ url }): Part => {
      return { ...ADDRESS, kind: "spare server", key: url, name: `the server \`${url}\``, pointer: "#/servers" };
    }),
  ];
}

// ---- Names ---------------------------------------------------------------------------------------------------------------------

/** What users import. */
function exportParts(model: Model): Part[] {
  const bodies = new Set(validatedBodies(model).map(({ type }) => type));
  return exportsOf(model).map(({ name: key, pointer }): Part => {
    const own = { ...NAME, kind: "export" } as const;
    const schema = pointerOf(["components", "schemas", key]);
    const guard: Part = { ...own, key: `is${key}`, name: `the guard \`is${key}\``, pointer: schema };
    const parts = bodies.has(key) ? [guard] : [];
    return { ...own, key, likeness: textOf(model.source, key), name: `\`${key}\``, pointer, parts };
  });
}

/** A schema but for its name, though it may refer to itself. */
function textOf({ components }: Document, name: string): string | undefined {
  const schema = components?.schemas?.[name];
  return schema === undefined
    ? undefined
    : canonicalJson(schema).replaceAll(`"#/components/schemas/${name}"`, "itself");
}

/** The kinds of components that have keys in the exported type `components`. Schemas are exported for themselves. */
const SHARED = {
  responses: "response",
  requestBodies: "body",
  parameters: "parameter",
  headers: "header",
  pathItems: undefined,
} as const;

/** The keys of the exported types `components` and `operations`. Operations of calls are told as such. */
function keyParts(document: Document): Part[] {
  const part = (name: string, pointer: string): Part => ({ ...NAME, kind: "key of a type", key: name, name, pointer });
  return [
    ...Object.keys(SHARED).flatMap((kind) =>
      componentsOf(document, kind).map(([name, { pointer }]) => part(`\`components["${kind}"]["${name}"]\``, pointer)),
    ),
    ...deliveriesOf(document).flatMap(({ object: { operationId }, pointer }) =>
      operationId === undefined ? [] : [part(`\`operations["${operationId}"]\``, `${pointer}/operationId`)],
    ),
  ];
}

const componentsOf = (document: Document, kind: string): [name: string, Located][] =>
  childrenOf(below({ value: document, pointer: "#" }, "components", kind));

/** The components that operations and deliveries may use. The types of those that nothing uses are exported all the same. */
function componentParts(document: Document): Part[] {
  const part = (pointer: string): Part => ({ ...NAME, kind: "component", key: pointer, pointer });
  const shared = Object.entries(SHARED).flatMap(([section, kind]) =>
    componentsOf(document, section).flatMap(([, place]): Part[] => {
      const component = follow(document, place);
      return kind ? [{ ...part(place.pointer), parts: [messagePart(document, kind, "", component, NAME)] }] : [];
    }),
  );
  const schemas = componentsOf(document, "schemas") as [string, Located<Schema>][];
  return [...shared, ...schemas.map(([, schema]) => ({ ...part(schema.pointer), schema }))];
}

/** The type of what a response brings: the name of its schema, or the schema. */
export function resultOf({ parts = [] }: Part): string | undefined {
  const schema = parts.find(({ kind, key }) => kind === "media type" && isJson(key))?.schema?.value;
  return schema === undefined ? undefined : (schemaName(schema) ?? canonicalJson(schema));
}
