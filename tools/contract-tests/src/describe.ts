import {
  type Content,
  type Delivery,
  type Document,
  deliveriesOf,
  type Header,
  type Operation,
  operationsOf,
  type Parameter,
  resolveSchema,
  type Schema,
} from "@mindbridge-sdk/openapi";

/**
 * What a document promises, by place. Names come after a `›` and keywords in parentheses, so that a field called `type` is
 * not the type of the object that holds it.
 */
export type Description = ReadonlyMap<string, string>;

/** Keywords for people. They promise nothing. */
const PROSE = new Set(["description", "title", "summary", "example", "examples", "$comment"]);

/** Describes the server, the operations and the deliveries of a document in single lines, which can be compared. */
export function describe(document: Document): Description {
  const lines = new Map<string, string>();
  for (const server of document.servers ?? []) {
    lines.set("server", server.url);
    for (const [name, variable] of Object.entries(server.variables ?? {})) {
      lines.set(`server › variable ${name} (pattern)`, String(variable["x-pattern"]));
    }
  }
  for (const operation of operationsOf(document)) describeOperation(document, operation, lines);
  for (const delivery of deliveriesOf(document)) describeDelivery(document, delivery, lines);
  return lines;
}

type Lines = Map<string, string>;

function describeOperation(document: Document, operation: Operation, lines: Lines): void {
  const { id, method, path, parameters, responses, security } = operation;
  lines.set(id, `${method.toUpperCase()} ${path}`);
  describeSecurity(document, security, id, lines);
  for (const parameter of parameters) describeParameter(document, parameter, id, lines);
  if (operation.requestBody !== undefined) {
    lines.set(`${id} › request body › required`, String(operation.requestBody.required ?? false));
    describeContent(document, operation.requestBody.content, `${id} › request body`, `${id} › request body`, lines);
  }
  lines.set(`${id} › responses`, Object.keys(responses).toSorted().join(", "));
  for (const [status, response] of Object.entries(responses)) {
    const place = `${id} › response ${status}`;
    describeContent(document, response.content, place, `${place} › body`, lines);
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      describeHeader(document, header, `${place} › header ${name}`, lines);
    }
  }
}

function describeDelivery(
  document: Document,
  { name, method, parameters, requestBody, responses, security }: Delivery,
  lines: Lines,
): void {
  const place = `delivery ${name}`;
  lines.set(place, method.toUpperCase());
  describeSecurity(document, security, place, lines);
  for (const parameter of parameters) describeParameter(document, parameter, place, lines);
  lines.set(`${place} › body › sent`, String(requestBody?.required ?? false));
  describeContent(document, requestBody?.content, place, `${place} › body`, lines);
  lines.set(`${place} › responses`, Object.keys(responses).toSorted().join(", "));
}

function describeSecurity(document: Document, security: readonly object[], place: string, lines: Lines): void {
  lines.set(`${place} › secured by`, security.map((schemes) => Object.keys(schemes).join(" and ")).join(" or "));
  for (const name of security.flatMap((schemes) => Object.keys(schemes))) {
    for (const [key, value] of Object.entries(document.components?.securitySchemes?.[name] ?? {})) {
      if (!PROSE.has(key)) lines.set(`${place} › secured by › ${name} › ${key}`, String(value));
    }
  }
}

function describeParameter(document: Document, parameter: Parameter, of: string, lines: Lines): void {
  const place = `${of} › ${parameter.in} parameter ${parameter.name}`;
  describeHeader(document, parameter, place, lines);
  for (const [key, value] of Object.entries(parameter)) {
    if (!PROSE.has(key) && !["name", "in", "schema", "required"].includes(key))
      lines.set(`${place} (${key})`, JSON.stringify(value));
  }
}

function describeHeader(document: Document, header: Header, place: string, lines: Lines): void {
  lines.set(place, header.required === true ? "required" : "optional");
  if (header.schema !== undefined) describeSchema(document, header.schema, place, lines);
}

function describeContent(
  document: Document,
  content: Content | undefined,
  of: string,
  body: string,
  lines: Lines,
): void {
  if (content === undefined) return;
  lines.set(`${of} › media types`, Object.keys(content).join(", "));
  for (const { schema } of Object.values(content)) {
    if (schema !== undefined) describeSchema(document, schema, body, lines);
  }
}

function describeSchema(
  document: Document,
  schema: Schema,
  place: string,
  lines: Lines,
  inside: readonly Schema[] = [],
): void {
  const resolved = resolveSchema(document, schema);
  if (typeof resolved === "boolean") {
    lines.set(place, String(resolved));
    return;
  }
  if (inside.includes(resolved)) return;
  const deeper = [...inside, resolved];
  for (const [keyword, value] of Object.entries(resolved)) {
    if (PROSE.has(keyword)) continue;
    if (keyword === "allOf") {
      // All parts describe the same place.
      for (const part of resolved.allOf ?? []) describeSchema(document, part, place, lines, deeper);
    } else if (keyword === "properties") {
      for (const [name, property] of Object.entries(resolved.properties ?? {})) {
        lines.set(`${place} › ${name}`, "a field");
        describeSchema(document, property, `${place} › ${name}`, lines, deeper);
      }
    } else if (keyword === "items") {
      describeSchema(document, value as Schema, `${place} (each item)`, lines, deeper);
    } else if ((keyword === "anyOf" || keyword === "oneOf") && Array.isArray(value)) {
      lines.set(`${place} (${keyword})`, String(value.length));
      for (const [index, part] of value.entries())
        describeSchema(document, part, `${place} (${keyword} ${index + 1})`, lines, deeper);
    } else if (keyword === "required" && Array.isArray(value)) {
      const before = lines.get(`${place} (required)`)?.split(", ") ?? [];
      lines.set(`${place} (required)`, [...new Set([...before, ...value.map(String)])].toSorted().join(", "));
    } else {
      add(lines, `${place} (${keyword})`, JSON.stringify(value));
    }
  }
}

/** Shows both of two parts of an `allOf` that differ. */
function add(lines: Lines, place: string, value: string): void {
  const before = lines.get(place);
  lines.set(place, before === undefined || before === value ? value : `${before} and ${value}`);
}
