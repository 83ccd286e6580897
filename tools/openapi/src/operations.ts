import {
  type Content,
  type Document,
  type Header,
  JSON_MEDIA_TYPE,
  METHODS,
  type MediaType,
  type Method,
  type OperationObject,
  type Parameter,
  type PathItem,
  type RequestBody,
  type ResponseObject,
  type Schema,
  type SecurityRequirement,
} from "./document.ts";
import { methodNameOf } from "./names.ts";
import { below, type Located } from "./pointer.ts";
import { follow, keywordsOf, resolve } from "./resolve.ts";
import { allOfParts } from "./schemas.ts";

/** What operations and deliveries have in common. Every `$ref` is resolved but for those of schemas and of examples. */
interface Exchange {
  readonly method: Method;
  /** Where the operation object stands. */
  readonly pointer: string;
  readonly object: OperationObject;
  /** Those of the operation, and those of its path item that it does not replace. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: Readonly<Record<string, Response>>;
  /** That of the operation, or else that of the document. */
  readonly security: readonly SecurityRequirement[];
}

interface Response extends ResponseObject {
  readonly headers?: Readonly<Record<string, Header>>;
}

/** A call that the user of the SDK makes: an operation under `paths`. */
export interface Operation extends Exchange {
  readonly kind: "operation";
  /** The name of the client's method: `resource.name`. */
  readonly id: string;
  /** It may have a dot: `webhooks.keys`. */
  readonly resource: string;
  readonly name: string;
  readonly path: string;
}

/** A request that MindBridge makes: an operation under `webhooks`. */
export interface Delivery extends Exchange {
  readonly kind: "delivery";
  /** Its key under `webhooks`. */
  readonly name: string;
  /** The values of `type` in the body that it stands for. */
  readonly types: readonly string[];
}

/** What is read of a document is kept: it does not change, and the steps of the generator ask for the same. */
const operations = new WeakMap<Document, readonly Operation[]>();
const deliveries = new WeakMap<Document, readonly Delivery[]>();

/** Every operation of a document, in its order. */
export function operationsOf(document: Document): readonly Operation[] {
  const known = operations.get(document);
  if (known !== undefined) return known;
  const read = exchangesUnder(document, "paths").map(([path, exchange]): Operation => {
    const id = methodNameOf(path, exchange.object);
    const words = id.split(".");
    const name = words.pop() ?? "";
    return { kind: "operation", id, resource: words.join("."), name, path, ...exchange };
  });
  operations.set(document, read);
  return read;
}

/** Every delivery of a document, in its order. */
export function deliveriesOf(document: Document): readonly Delivery[] {
  const known = deliveries.get(document);
  if (known !== undefined) return known;
  const read = exchangesUnder(document, "webhooks").map(
    ([name, exchange]): Delivery => ({
      kind: "delivery",
      name,
      types: deliveryTypes(document, exchange.object),
      ...exchange,
    }),
  );
  deliveries.set(document, read);
  return read;
}

/** The operations, and then the deliveries. */
export function exchangesOf(document: Document): readonly (Operation | Delivery)[] {
  return [...operationsOf(document), ...deliveriesOf(document)];
}

/** What `x-basis` may say, and what users are told. */
export const BASES: Readonly<Record<string, string>> = {
  "own-page": "",
  "general-rule": "It follows from the vendor's general rule for every entity: no page of its own is published.",
};

/** What users are told of what the vendor publishes of an operation; `""` if there is nothing to tell. */
export function basisOf({ "x-basis": basis = "" }: OperationObject): string {
  return BASES[basis] ?? "";
}

function exchangesUnder(document: Document, kind: "paths" | "webhooks"): [key: string, Exchange][] {
  return Object.keys(document[kind] ?? {}).flatMap((key) => {
    const item = follow(document, below({ value: document, pointer: "#" }, kind, key)) as Located<PathItem>;
    return METHODS.flatMap((method): [string, Exchange][] => {
      const object = item.value[method];
      if (object === undefined) return [];
      const { requestBody, responses = {}, security = document.security ?? [] } = object;
      const exchange: Exchange = {
        method,
        pointer: below(item, method).pointer,
        object,
        parameters: parametersOf(document, item, below(item, method)).map(({ value }) => value),
        requestBody: requestBody && resolve<RequestBody>(document, requestBody),
        responses: mapValues(withoutExtensions(responses), (response) =>
          resolveResponse(document, resolve(document, response)),
        ),
        security,
      };
      return [[key, exchange]];
    });
  });
}

/** The members of an object without those that are no part of OpenAPI, such as `x-internal`. */
export function withoutExtensions<T>(object: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !key.startsWith("x-")));
}

function resolveResponse(document: Document, response: ResponseObject): Response {
  const { headers, ...rest } = response;
  return headers === undefined
    ? rest
    : { ...rest, headers: mapValues(headers, (header) => resolve<Header>(document, header)) };
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}

/** The parameters of an operation, and where they stand: its own, and those of its path item that it does not replace. */
export function parametersOf(document: Document, item: Located, operation: Located): Located<Parameter>[] {
  const all = [item, operation].flatMap((part) => {
    const parameters = below(part, "parameters");
    return Object.keys(parameters.value ?? {}).map(
      (index) => follow(document, below(parameters, index)) as Located<Parameter>,
    );
  });
  return [...new Map(all.map((parameter) => [parameterName(parameter.value), parameter])).values()];
}

/** The place and the name of a parameter, which identify it: `query page`. */
export const parameterName = ({ in: place, name }: Parameter): string => `${place} ${name}`;

/** Whether a media type is JSON: `application/json`, one that ends in `+json`, each with parameters or without. */
export function isJson(mediaType: string): boolean {
  return /^[^/;]+\/(?:[^;]+\+)?json *(?:;|$)/i.test(mediaType);
}

/** The media type of the JSON of a request body or a response, if it has any. `application/json` comes before others. */
export function jsonMediaType(body: { readonly content?: Content } | undefined): string | undefined {
  const all = Object.keys(body?.content ?? {}).filter(isJson);
  return all.find((each) => each === JSON_MEDIA_TYPE) ?? all[0];
}

/** The JSON of a request body or a response, if it has any. */
export function jsonContent(body: { readonly content?: Content } | undefined): MediaType | undefined {
  const mediaType = jsonMediaType(body);
  return mediaType === undefined ? undefined : body?.content?.[mediaType];
}

/** An example of a media type, a parameter or a header. */
export interface Example {
  /** `example`, the single one, has no name. */
  readonly name?: string;
  readonly value: unknown;
}

/** The examples of a media type, a parameter or a header, in their order. */
export function examplesOf(document: Document, of: Pick<MediaType, "example" | "examples">): Example[] {
  const named = Object.entries(of.examples ?? {}).flatMap(([name, example]) => {
    const { value } = resolve<{ readonly value?: unknown }>(document, example);
    return value === undefined ? [] : [{ name, value }];
  });
  return of.example === undefined ? named : [...named, { value: of.example }];
}

/** An event for which a delivery stands: its schema, and the values of `type` in its body. */
export interface DeliveryEvent {
  readonly schema: Schema;
  readonly types: readonly string[];
}

/** The values of `type` for which a delivery stands; none if one of its events does not say them. */
export function deliveryTypes(document: Document, object: OperationObject): string[] {
  const events = eventsOf(document, object);
  return events.some(({ types }) => types.length === 0) ? [] : events.flatMap(({ types }) => types);
}

/** The events of a delivery: the members of the `oneOf` or the `anyOf` of its JSON body, or else that body. */
export function eventsOf(document: Document, { requestBody }: OperationObject): DeliveryEvent[] {
  const schema = requestBody && jsonContent(resolve<RequestBody>(document, requestBody))?.schema;
  return schema === undefined ? [] : eventsIn(document, schema, []);
}

function eventsIn(document: Document, schema: Schema, around: readonly Schema[]): DeliveryEvent[] {
  const { oneOf, anyOf } = keywordsOf(document, schema);
  const members = around.includes(schema) ? [] : (oneOf ?? anyOf ?? []);
  const events = members.flatMap((member) => eventsIn(document, member, [...around, schema]));
  const isSaid = events.length > 0 && events.every(({ types }) => types.length > 0);
  return isSaid ? events : [{ schema, types: typesIn(document, schema) }];
}

/** The `const` or the `enum` of the property `type`. */
function typesIn(document: Document, schema: Schema): string[] {
  // A part comes before the schema that holds it, which has the last word.
  const stated = allOfParts(document, schema)
    .toReversed()
    .flatMap(({ value: { properties } }) => {
      const type = properties?.type;
      if (type === undefined) return [];
      const values = allOfParts(document, type).flatMap(({ value }) =>
        value.const === undefined ? (value.enum ?? []) : [value.const],
      );
      const texts = values.filter((value) => typeof value === "string");
      return texts.length > 0 ? [texts] : [];
    });
  return stated[0] ?? [];
}
