import { type Document, JSON_MEDIA_TYPE, keysOf, propertyPointer } from "@mindbridge-sdk/openapi";
import { errorNameOf } from "../../../../packages/client/src/statuses.ts";
import {
  hasStream,
  isSuccess,
  type Model,
  type Operation,
  type Pages,
  type PathParameter,
  type QueryStyle,
  type ReadOnlyProperties,
  type Resource,
  type Response,
} from "../model.ts";
import { pascalCase } from "../names.ts";
import { BANNER, docComment, importLine, literal } from "../text.ts";
import type { Emitter } from "./emitter.ts";
import { errorBodies, errorTypeOf } from "./errors.ts";

/** The client's resources: an interface for each, and the calls behind their methods. */
export const resources: Emitter = {
  package: "client",
  files: (model) => ({ "resources.ts": emit(model) }),
};

const CONTRACT = 'import type * as Contract from "@mindbridge-sdk/contract";\n';

function emit(model: Model): string {
  const typeName = (resource: string) => `${pascalCase(resource)}Resource`;
  const byOwner = Map.groupBy(model.resources, ({ name }) => name.slice(0, Math.max(0, name.lastIndexOf("."))));
  /** The resources that are properties of the client (`""`) or of another resource. */
  const inside = (name: string): Resource[] => byOwner.get(name) ?? [];
  const property = ({ name, description }: Resource, modifiers: string) =>
    `${docComment("  ", description)}  ${modifiers}${lastWord(name)}: ${typeName(name)};\n`;
  const interfaces = model.resources.map(({ name, description, operations }) => {
    const members = [
      ...operations.map((operation) => emitSignature(model.document, operation)),
      ...inside(name).map((each) => property(each, "readonly ")),
    ];
    return `
${docComment("", description)}export interface ${typeName(name)} {
${members.join("\n")}}
`;
  });
  // Without `declare`, each would cost users bytes.
  const properties = inside("").map((each) => property(each, "declare readonly "));
  const emitObject = ({ name, operations }: Resource, indent: string): string => {
    const members = [
      ...operations.map(emitCall),
      ...inside(name).map((each) => `${indent}  ${lastWord(each.name)}: ${emitObject(each, `${indent}  `)},\n`),
    ];
    return `{\n${members.join("")}${indent}}`;
  };
  const values = inside("").map((each) => `    this.${each.name} = ${emitObject(each, "    ")};\n`);
  const operations = model.resources.flatMap((resource) => resource.operations);
  const hasPages = operations.some(({ pages }) => pages !== undefined);
  const isJson = (operation: Operation) => operation.pages === undefined && !hasStream(operation);
  const used = [
    ...(operations.some(({ body }) => body?.entity !== undefined) ? ["AsRead"] : []),
    ...(operations.some(isJson) ? ["APIPromise"] : []),
    ...(operations.some((operation) => headersOf(operation) !== undefined) ? ["DeclaredResponse"] : []),
    "RequestFunction",
    "RequestOptions",
  ];
  const serializing = new Set(operations.flatMap(serializationOf).flatMap(({ imports }) => imports));
  if (operations.some(({ body }) => body?.kind === "bytes")) serializing.add("type UploadBody");
  const imports = [
    ...(/^(?! *\/?\*).*\bContract\./m.test(interfaces.join("")) ? [CONTRACT] : []),
    ...(hasPages ? ['import { type PagePromise, paginate } from "../pages.ts";\n'] : []),
    importLine("import type", used, "../resource.ts"),
    importLine("import", serializing, "../serialization.ts"),
    ...(operations.some(hasStream) ? ['import { type StreamPromise, stream } from "../stream.ts";\n'] : []),
  ];
  return `${BANNER}${imports.join("")}${interfaces.join("")}
/** What the client offers, by resource. */
export class Resources {
${properties.join("")}
  constructor(request: RequestFunction) {
${values.join("")}  }
}
`;
}

/** `webhooks.keys` → `keys`. */
function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function emitSignature(document: Document, operation: Operation): string {
  const { name, pathParameters, body, responses, pages } = operation;
  const successes = responses.filter(isSuccess);
  const resultTypes = new Set(successes.map(({ type }) => (type === undefined ? "undefined" : `Contract.${type}`)));
  const result = [...resultTypes].join(" | ") || "undefined";
  const parameters = [
    ...pathParameters.map(({ argument, type }) => `${argument}: ${type}`),
    // TypeScript takes no optional parameter before a required one.
    ...(body ? [bodyParameter(operation, body)] : []),
    optionsParameter(operation),
  ];
  const described = successes.map(({ description }) => description).join(" Or: ");
  const note = pages ? " Iterate over it for the items of all pages." : hasStream(operation) ? STREAM_NOTE : "";
  return `${methodComment(document, operation, described + note)}  ${name}(${parameters.join(", ")}): ${promiseOf(result, operation)};\n`;
}

const STREAM_NOTE = " It comes as a stream: `text()` and `blob()` of the call read it to its end.";

/** The first success is the page. Others may bring something else. */
function promiseOf(result: string, operation: Operation): string {
  const answer = headersOf(operation) ?? [];
  const { pages, responses } = operation;
  if (hasStream(operation)) {
    const body = `ReadableStream<Uint8Array>${contentOf(operation) ? " | undefined" : ""}`;
    return answer.length > 0 || contentOf(operation)
      ? `StreamPromise<${[body, ...answer].join(", ")}>`
      : "StreamPromise";
  }
  if (!pages) return `APIPromise<${[result, ...answer].join(", ")}>`;
  const { itemType, items } = pages;
  const page = responses.find(isSuccess);
  const list = keysOf(propertyPointer(items)).reduce(
    (around, name) => `NonNullable<${around}[${literal(name)}]>`,
    `Contract.${page?.type}`,
  );
  const item = itemType === undefined ? `${list}[number]` : `Contract.${itemType}`;
  return `PagePromise<${[result, item, ...answer].join(", ")}>`;
}

/** The type of the response with its headers, if a success has any: those that each success must have, and others. */
function headersOf({ responses }: Operation): [string] | undefined {
  const successes = responses.filter(isSuccess).map(({ headers }) => headers);
  const names = [...new Set(successes.flatMap(Object.keys))];
  if (names.length === 0) return undefined;
  const union = (isRequired: boolean) =>
    names
      .filter((name) => successes.every((headers) => headers[name]) === isRequired)
      .map(literal)
      .join(" | ");
  const [required, optional] = [union(true) || "never", union(false)];
  return [`DeclaredResponse<${optional === "" ? required : `${required}, ${optional}`}>`];
}

/** How an operation is sent, if not as openapi-fetch does by itself: an argument of `withSerialization`, and what it uses. */
function serializationOf({ body, responses, query }: Operation): { argument: string; imports: string[] }[] {
  const accept = acceptOf(responses.filter(isSuccess));
  const [serializer, ...options] = body ? serializerOf(body) : [];
  const isTyped = body && body.mediaType !== JSON_MEDIA_TYPE && !body.mediaType.startsWith("multipart/");
  const styles = Object.entries(query?.styles ?? {})
    .map(emitStyle)
    .join(", ");
  const serializesQuery = styles !== "" || query?.hasEncodedNames === true;
  const members = [
    ...(isTyped ? [`contentType: ${literal(concrete(body.mediaType))}`] : []),
    ...(serializer ? [`bodySerializer: ${serializer}${options.join("")}`] : []),
    ...(serializesQuery ? [`querySerializer: querySerializer(${styles && `{ ${styles} }`})`] : []),
    ...(accept ? [`accept: ${literal(accept)}`] : []),
  ];
  if (members.length === 0) return [];
  const used = [...(serializer ? [serializer] : []), ...(serializesQuery ? ["querySerializer"] : [])];
  return [{ argument: `{ ${members.join(", ")} }`, imports: ["withSerialization", ...used] }];
}

/**
 * The `Accept` of an operation, if its successes are not JSON by the usual name alone. An error may have another media type: a server
 * that has no other one for it, such as Prism, would pass over the error.
 */
function acceptOf(successes: readonly Response[]): string | undefined {
  const types = [...new Set(successes.flatMap(({ accepted }) => accepted))];
  const isUsual = types.every((type) => /^application\/json *(;|$)/i.test(type));
  if ((isUsual && !successes.some(({ isNegotiated }) => isNegotiated)) || types.includes("*/*")) return undefined;
  return [...types, "*/*;q=0.1"].join(", ");
}

/** The function of the client that writes a body, and what it is called with to make one; none for JSON. */
function serializerOf({ kind, mediaType, deepObjects, fileTypes }: NonNullable<Operation["body"]>): string[] {
  if (kind === "json") return [];
  if (kind === "bytes") return ["unchanged"];
  if (!mediaType.startsWith("multipart/")) return ["urlEncoded", `(${deepObjects.map(literal).join(", ")})`];
  const types = Object.entries(fileTypes).map(([name, type]) => `${literal(name)}: ${literal(type)}`);
  return ["formData", `(${types.length > 0 ? `{ ${types.join(", ")} }` : ""})`];
}

/** A media type that can be sent: a range, such as `image/*`, stands for bytes of a type that is not known. */
function concrete(mediaType: string): string {
  return mediaType.includes("*") ? "application/octet-stream" : mediaType;
}

function emitStyle([name, { style, explode }]: [string, QueryStyle]): string {
  return `${literal(name)}: { style: ${literal(style)}, explode: ${explode} }`;
}

function emitCall(operation: Operation): string {
  const { id, name, method, path, pathParameters, body, safe, pages } = operation;
  const names = pathParameters.map(({ argument }) => argument);
  const content = contentOf(operation);
  const input = [
    ...(names.length > 0 ? [`path: { ${pathParameters.map(emitPathParameter).join(", ")} }`] : []),
    ...(body ? ["body"] : []),
    ...(body && Object.keys(body.readOnly).length > 0 ? [`readOnly: ${emitReadOnly(body.readOnly)}`] : []),
    ...(content ? [`content: ${literal(content)}`] : []),
    ...(safe && method === "POST" ? ["safe: true"] : []),
  ];
  const given = body?.default === undefined ? "body" : `body = ${literal(body.default)}`;
  const parameters = [...names, ...(body ? [given] : []), "options"].join(", ");
  const request = [literal(id), literal(method), literal(path), `{ ${input.join(", ")} }`, "options"].join(", ");
  const [serialization] = serializationOf(operation);
  const send = serialization ? `withSerialization(request, ${serialization.argument})` : "request";
  const call = pages
    ? `paginate(${send}, ${emitPages(pages)}, ${request})`
    : hasStream(operation)
      ? `stream(${send}, ${request})`
      : `${send}(${request})`;
  return `      ${name}: (${parameters}) => ${call},\n`;
}

/** Whether every success has content (`undefined`), or some, or none. */
function contentOf({ responses }: Operation): "optional" | "none" | undefined {
  const successes = responses.filter(isSuccess);
  const withContent = successes.filter(({ kind }) => kind !== undefined);
  if (withContent.length === successes.length) return undefined;
  return withContent.length > 0 ? "optional" : "none";
}

function emitPathParameter({ name, argument }: PathParameter): string {
  return name === argument ? name : `${literal(name)}: ${argument}`;
}

function emitReadOnly(readOnly: ReadOnlyProperties): string {
  const members = Object.entries(readOnly).map(
    ([name, inside]) => `${literal(name)}: ${typeof inside === "object" ? emitReadOnly(inside) : inside}`,
  );
  return `{ ${members.join(", ")} }`;
}

function emitPages(pages: Pages): string {
  const { style: _, itemType: __, parameter, start, ...properties } = pages;
  const ways = Object.entries(properties).map(([name, property]) => {
    const names = keysOf(propertyPointer(property)).map(literal);
    return `, ${name}: [${names.join(", ")}]`;
  });
  return `{ parameter: ${literal(parameter)}${start === 0 ? "" : `, start: ${start}`}${ways.join("")} }`;
}

function needsOptions({ query, headers }: Operation): boolean {
  return query?.required === true || headers?.required === true;
}

function bodyParameter(operation: Operation, body: NonNullable<Operation["body"]>): string {
  const own = ownType(body);
  const type = body.entity === undefined ? own : `AsRead<${own}, Contract.${body.entity}>`;
  if (body.required && body.default === undefined) return `body: ${type}`;
  return needsOptions(operation) ? `body: ${type} | undefined` : `body?: ${type}`;
}

function ownType({ kind, mediaType, type }: NonNullable<Operation["body"]>): string {
  if (kind === "bytes") return "UploadBody";
  return mediaType.startsWith("multipart/") ? `Contract.${type} | FormData` : `Contract.${type}`;
}

function optionsParameter(operation: Operation): string {
  const { query, headers } = operation;
  const extra = [
    ...(query ? [query.required ? `query: Contract.${query.type}` : `query?: Contract.${query.type} | undefined`] : []),
    ...(headers
      ? [headers.required ? `headers: Contract.${headers.type}` : `headers?: Contract.${headers.type} | undefined`]
      : []),
  ];
  const type = extra.length > 0 ? `RequestOptions & { ${extra.join("; ")} }` : "RequestOptions";
  return `options${needsOptions(operation) ? "" : "?"}: ${type}`;
}

function entityNote({ entity, readOnly }: NonNullable<Operation["body"]>): string {
  return entity === undefined
    ? ""
    : ` A \`${entity}\` as it was read will do: the client does not send ${namesIn(readOnly)
        .map((name) => `\`${name}\``)
        .join(", ")}.`;
}

/** `owner: { id }` → `owner.id`. */
function namesIn(readOnly: ReadOnlyProperties): string[] {
  return Object.entries(readOnly).flatMap(([name, inside]) => {
    if (typeof inside === "object") return namesIn(inside).map((each) => `${name}.${each}`);
    return inside === true ? name : [];
  });
}

function methodComment(document: Document, operation: Operation, returns: string): string {
  const { summary, description, method, path, source, pathParameters, body, responses, deprecated, query } = operation;
  const failures = responses.filter((response) => !isSuccess(response));
  return docComment(
    "  ",
    summary,
    description,
    `\`${method} ${path}\`${source === undefined ? "" : `, from: ${source}.`}`,
    errorBodies(document, operation).size > 0
      ? `The bodies of its errors have types in \`${errorTypeOf(operation)}\`.`
      : "",
    ...pathParameters.map(({ argument, description: what }) => `@param ${argument} ${what}`),
    ...(body ? [`@param body ${body.description}${entityNote(body)}`] : []),
    `@param options For this call only${query ? "; the query parameters are in `options.query`" : ""}.`,
    `@returns ${returns}`,
    ...failures.map(({ status, description: when }) => `@throws {${errorNameOf(status)}} ${status}: ${when}`),
    ...(deprecated ? ["@deprecated The contract says that this operation will go."] : []),
  );
}
