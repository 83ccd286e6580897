import {
  type Delivery,
  type Document,
  examplesOf,
  exchangesOf,
  type Header,
  isObject,
  jsonContent,
  type Operation,
  resolveSchema,
  type Schema,
  type Visit,
  walkOperation,
} from "@mindbridge-sdk/openapi";

/**
 * Checks the conventions of this document, which hold for every operation and every delivery.
 *
 * @returns A sentence for each breach, with its place and what to do.
 */
export function breaches(document: Document): string[] {
  return exchangesOf(document).flatMap((each) => [
    ...sourceBreaches(each),
    ...schemaBreaches(document, each),
    ...(each.kind === "operation" ? responseBreaches(document, each) : headerExamples(document, each)),
  ]);
}

function placeOf(of: Operation | Delivery): string {
  return of.kind === "operation" ? of.id : `delivery ${of.name}`;
}

function sourceBreaches(of: Operation | Delivery): string[] {
  const { "x-source": source, "x-basis": basis } = of.object;
  const isGiven = typeof source === "string" && source.trim() !== "";
  return [
    ...(isGiven ? [] : [`${placeOf(of)}: say in x-source which page it comes from.`]),
    ...(of.kind === "delivery" || basis ? [] : [`${placeOf(of)}: say in x-basis what the vendor publishes of it.`]),
  ];
}

function responseBreaches(document: Document, { id, responses }: Operation): string[] {
  return Object.entries(responses).flatMap(([code, response]) => {
    const place = `${id} › response ${code}`;
    const json = jsonContent(response);
    const hasExample = json !== undefined && examplesOf(document, json).length > 0;
    return [
      ...(code.startsWith("2") || hasExample ? [] : [`${place}: give it an example.`]),
      ...Object.entries(response.headers ?? {}).flatMap(([name, header]) =>
        exampleBreach(document, place, name, header),
      ),
    ];
  });
}

function headerExamples(document: Document, delivery: Delivery): string[] {
  return delivery.parameters.flatMap((each) => exampleBreach(document, placeOf(delivery), each.name, each));
}

function exampleBreach(document: Document, place: string, name: string, header: Header): string[] {
  return examplesOf(document, header).length > 0 ? [] : [`${place} › header ${name}: give it an example.`];
}

/** Requests are closed and hold listed values only. Responses and deliveries are open and may hold others. */
function schemaBreaches(document: Document, of: Operation | Delivery): string[] {
  return [...walkOperation(document, of)].flatMap((visit) => {
    const { root, schema, direction, path } = visit;
    const isPromised = of.kind === "operation" ? (root.status ?? "2").startsWith("2") : root.status === undefined;
    if (root.kind !== "body" || !isPromised || typeof schema === "boolean") return [];
    const part =
      root.status === undefined
        ? of.kind === "operation"
          ? "request body"
          : "body"
        : `response ${root.status} › body`;
    const place = [placeOf(of), part, ...path].join(" › ");
    const isClosed = schema.additionalProperties === false || schema.unevaluatedProperties === false;
    if (direction === "sent") {
      const isOpen = schema.properties !== undefined && !isClosed && !isWithin(visit, closesAllOf);
      return isOpen
        ? [`${place}: close it by additionalProperties: false, since the server refuses other properties.`]
        : [];
    }
    const isListed = schema.enum !== undefined && !isWithin(visit, ({ schema: each }) => isOpenList(document, each));
    return [
      ...(isClosed ? [`${place}: leave it open, since the server may send more tomorrow.`] : []),
      ...(isListed
        ? [`${place}: let other values pass (anyOf with type: string), since the server renames them over time.`]
        : []),
    ];
  });
}

function isWithin({ parent }: Visit, matches: (visit: Visit) => boolean): boolean {
  return parent !== undefined && (matches(parent) || isWithin(parent, matches));
}

/** The parts of an `allOf` cannot be closed one by one, only all of them together. */
function closesAllOf({ schema }: Visit): boolean {
  return isObject(schema) && schema.allOf !== undefined && schema.unevaluatedProperties === false;
}

/** Whether a schema has a branch for any text beside those for listed values. */
function isOpenList(document: Document, schema: Schema): boolean {
  const branches = typeof schema === "object" ? (schema.anyOf ?? []) : [];
  return branches.some((branch) => {
    const resolved = resolveSchema(document, branch);
    return isObject(resolved) && resolved.type === "string" && !("enum" in resolved) && !("const" in resolved);
  });
}
