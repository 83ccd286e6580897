import {
  type Content,
  type Delivery,
  type Document,
  deliveriesOf,
  type Operation,
  operationsOf,
  type Visit,
  walkOperation,
} from "@mindbridge-sdk/openapi";

/**
 * What a document promises, by place. Names come after a `›` and keywords in parentheses, so that a field called `type` is
 * not the type of the object that holds it.
 */
export type Description = ReadonlyMap<string, string>;

/** Keywords for people, and extensions. They promise nothing. */
const PROSE = new Set(["description", "title", "summary", "example", "examples", "$comment"]);
const isProse = (keyword: string): boolean => PROSE.has(keyword) || keyword.startsWith("x-");

/** The reference is compared with many documents, and described once. */
const DESCRIBED = new WeakMap<Document, Description>();

/** Describes the server, the operations and the deliveries of a document in single lines, which can be compared. */
export function describe(document: Document): Description {
  const lines = DESCRIBED.get(document) ?? linesOf(document);
  DESCRIBED.set(document, lines);
  return lines;
}

type Lines = Map<string, string>;

function linesOf(document: Document): Lines {
  const lines: Lines = new Map();
  // The client calls the first one.
  for (const server of document.servers?.slice(0, 1) ?? []) {
    lines.set("server", server.url);
    for (const [name, variable] of Object.entries(server.variables ?? {})) {
      lines.set(`server › variable ${name} (pattern)`, String(variable["x-pattern"]));
    }
  }
  for (const operation of operationsOf(document)) describeOperation(document, operation, lines);
  for (const delivery of deliveriesOf(document)) describeDelivery(document, delivery, lines);
  return lines;
}

function describeOperation(document: Document, operation: Operation, lines: Lines): void {
  const { id, method, path, requestBody, responses } = operation;
  lines.set(id, `${method.toUpperCase()} ${path}`);
  for (const extension of ["x-basis", "x-safe", "x-pagination"] as const) {
    const value = operation.object[extension];
    if (value !== undefined) lines.set(`${id} › ${extension}`, JSON.stringify(value));
  }
  if (requestBody !== undefined) {
    lines.set(`${id} › request body › required`, String(requestBody.required ?? false));
    describeMediaTypes(requestBody, `${id} › request body`, lines);
  }
  for (const [status, response] of Object.entries(responses)) {
    const place = `${id} › response ${status}`;
    describeMediaTypes(response, place, lines);
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      lines.set(`${place} › header ${name}`, header.required === true ? "required" : "optional");
    }
  }
  describeExchange(document, operation, id, lines);
}

function describeDelivery(document: Document, delivery: Delivery, lines: Lines): void {
  const { name, method, requestBody } = delivery;
  const place = `delivery ${name}`;
  lines.set(place, method.toUpperCase());
  lines.set(`${place} › subscription`, String(delivery.object["x-subscription"]));
  lines.set(`${place} › body › sent`, String(requestBody?.required ?? false));
  if (requestBody !== undefined) describeMediaTypes(requestBody, place, lines);
  describeExchange(document, delivery, place, lines);
}

function describeExchange(document: Document, of: Operation | Delivery, place: string, lines: Lines): void {
  const schemes = of.security.map((each) => Object.keys(each).join(" and "));
  lines.set(`${place} › secured by`, schemes.join(" or "));
  for (const name of of.security.flatMap((each) => Object.keys(each))) {
    for (const [key, value] of Object.entries(document.components?.securitySchemes?.[name] ?? {})) {
      if (!isProse(key)) lines.set(`${place} › secured by › ${name} › ${key}`, String(value));
    }
  }
  for (const { name, in: where, required, schema: _, ...others } of of.parameters) {
    const parameter = `${place} › ${where} parameter ${name}`;
    lines.set(parameter, required === true ? "required" : "optional");
    for (const [key, value] of Object.entries(others)) {
      if (!isProse(key)) lines.set(`${parameter} (${key})`, JSON.stringify(value));
    }
  }
  lines.set(`${place} › responses`, Object.keys(of.responses).toSorted().join(", "));
  for (const visit of walkOperation(document, of)) describeSchema(visit, place, lines);
}

function describeMediaTypes({ content }: { readonly content?: Content }, place: string, lines: Lines): void {
  if (content !== undefined) lines.set(`${place} › media types`, Object.keys(content).join(", "));
}

/** Where the values of a schema stand. The parts of an `allOf` describe the same place. */
function placeOf({ root, parent, keyword, key }: Visit, exchange: string): string {
  if (parent === undefined) {
    const { kind, name, status } = root;
    if (kind === "parameter") return `${exchange} › ${name?.replace(" ", " parameter ")}`;
    if (kind === "header") return `${exchange} › response ${status} › header ${name}`;
    if (status !== undefined) return `${exchange} › response ${status} › body`;
    return exchange.startsWith("delivery ") ? `${exchange} › body` : `${exchange} › request body`;
  }
  const around = placeOf(parent, exchange);
  if (keyword === "properties") return `${around} › ${key}`;
  if (keyword === "items") return `${around} (each item)`;
  if (keyword === "allOf" || keyword === "$ref") return around;
  return `${around} (${keyword}${key === undefined ? "" : ` ${Number(key) + 1 || key}`})`;
}

/** Keywords whose schemas are visited. */
const WALKED = new Set(["$ref", "allOf", "properties", "items", "additionalProperties"]);

function describeSchema(visit: Visit, exchange: string, lines: Lines): void {
  const { schema, keyword: heldBy } = visit;
  const place = placeOf(visit, exchange);
  if (heldBy === "properties") add(lines, place, "a field");
  if (typeof schema === "boolean") {
    add(lines, place, String(schema));
    return;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (isProse(keyword) || (WALKED.has(keyword) && typeof value === "object")) continue;
    const at = `${place} (${keyword})`;
    if ((keyword === "anyOf" || keyword === "oneOf") && Array.isArray(value)) lines.set(at, String(value.length));
    else if (keyword === "required" && Array.isArray(value)) {
      const before = lines.get(at)?.split(", ") ?? [];
      lines.set(at, [...new Set([...before, ...value.map(String)])].toSorted().join(", "));
    } else add(lines, at, JSON.stringify(value));
  }
}

/** Shows both of two parts of an `allOf` that differ. */
function add(lines: Lines, place: string, value: string): void {
  const before = lines.get(place);
  lines.set(place, before === undefined || before === value ? value : `${before} and ${value}`);
}
