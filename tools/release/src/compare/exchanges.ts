import {
  below,
  canonicalJson,
  type Delivery,
  type Document,
  examplesOf,
  follow,
  type Header,
  isReference,
  JSON_MEDIA_TYPE,
  keysOf,
  type Located,
  type MediaType,
  type Operation,
  type Parameter,
  pointerOf,
  type RequestBody,
  type ResponseObject,
  type Schema,
  schemaName,
  valueAt,
} from "@mindbridge-sdk/openapi";
import { compareOwnServers, compareSecurity } from "./access.ts";
import type { Change, Direction, Rating } from "./change.ts";
import { type Context, compareSchemas, type Documents, rate, rateDeprecation, rateRequired, tell } from "./schemas.ts";
import { describeKeyword, wordsFor } from "./words.ts";

/** What changes of an operation or a delivery, walked from its top: what is sent, what comes, and how it is authenticated. */
export function compareExchange(
  documents: Documents,
  before: Operation | Delivery,
  after: Operation | Delivery,
  name: string,
): Change[] {
  const isCall = after.kind === "operation";
  const request = contextOf(documents, isCall ? "request" : "delivery", name);
  const answer = contextOf(documents, isCall ? "response" : "answer", name);
  return [
    ...compareDeprecation(
      contextOf(documents, isCall ? "name" : "delivery", name),
      `\`${name}\``,
      after.pointer,
      before.object,
      after.object,
    ),
    ...compareSecurity(documents.base, documents.revision, before, after, name),
    ...compareOwnServers(before, after, name),
    ...compareParameters(request, before, after),
    ...compareBodies(request, before, after),
    ...compareResponses(answer, before, after),
  ];
}

/** Users send what has the direction `request` or `answer`, and read everything else. */
export function contextOf(documents: Documents, direction: Direction, operation: string | undefined): Context {
  const isSent = direction === "request" || direction === "answer";
  return { ...documents, use: { direction, isSent, operation }, found: new Map() };
}

/** What stands below a pointer, after every `$ref`. */
function at<T>(document: Document, pointer: string, ...keys: readonly string[]): Located<T | undefined> {
  return follow(document, below({ value: valueAt(document, pointer), pointer }, ...keys)) as Located<T | undefined>;
}

/** The same of a map or a list: what stands below each of its keys. */
function allAt<T>(document: Document, pointer: string, ...keys: readonly string[]): Map<string, Located<T>> {
  const { value, pointer: around } = at<object>(document, pointer, ...keys);
  return new Map(Object.keys(value ?? {}).map((key) => [key, at(document, around, key) as Located<T>]));
}

const isThere = <T>(part: Located<T | undefined>): part is Located<T> => part.value !== undefined;

const GONE: Rating = { level: "major", reason: "Code that relies on it no longer compiles, or finds nothing there." };
const NEW: Rating = { level: "minor", reason: "It is new, and what was there stays." };
const DEMANDED: Rating = { level: "major", reason: "Calls without it are refused, and no longer compile." };

// ---- Parameters ----------------------------------------------------------------------------------------------------------------

function compareParameters(context: Context, before: Operation | Delivery, after: Operation | Delivery): Change[] {
  const [from, to] = [parametersIn(context.base, before), parametersIn(context.revision, after)];
  const { use } = context;
  const nameOf = ({ value, pointer }: Located<Parameter>): string =>
    `the ${value.in} parameter \`${value.name}\`${pointer.startsWith("#/components/parameters") ? "" : ` of \`${use.operation ?? ""}\``}`;
  return [
    ...[...from].flatMap(([key, parameter]): Change[] => {
      const now = to.get(key);
      if (now !== undefined) return compareParameter(context, parameter, now);
      // Whether a path has a parameter is told with the path.
      return parameter.value.in === "path"
        ? []
        : [tell(context, GONE, parameter.pointer, "parameters", `${nameOf(parameter)} is gone.`)];
    }),
    ...[...to].flatMap(([key, parameter]): Change[] => {
      if (from.has(key) || parameter.value.in === "path") return [];
      const isDemanded = use.isSent && parameter.value.required === true;
      const rating = isDemanded ? DEMANDED : NEW;
      return [
        tell(
          context,
          rating,
          parameter.pointer,
          "parameters",
          `${nameOf(parameter)} is new${isDemanded ? ", and required" : ""}.`,
        ),
      ];
    }),
  ];
}

/** By place and name: those of the operation, and those of its path item that it does not replace. Those of a path go by their order. */
function parametersIn(document: Document, exchange: Operation | Delivery): Map<string, Located<Parameter>> {
  const item = pointerOf(keysOf(exchange.pointer).slice(0, -1));
  const all = [item, exchange.pointer].flatMap((pointer) => [
    ...allAt<Parameter>(document, pointer, "parameters").values(),
  ]);
  const inPath = exchange.kind === "operation" ? pathParameters(exchange.path) : [];
  return new Map(
    all.map((parameter) => {
      const { in: place, name } = parameter.value;
      return [
        place === "path" && inPath.includes(name) ? `path ${inPath.indexOf(name)}` : `${place} ${name}`,
        parameter,
      ];
    }),
  );
}

export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

function compareParameter(context: Context, before: Located<Parameter>, after: Located<Parameter>): Change[] {
  const [was, is] = [before.value, after.value];
  const name = wordsFor(context.revision, after.pointer);
  const isInPath = is.in === "path";
  const emptiness = [was, is].map((each) => "allowEmptyValue" in each && each.allowEmptyValue === true);
  return [
    ...(isInPath ? [] : compareRequired(context, name, after.pointer, was.required, is.required)),
    ...(emptiness[0] === emptiness[1]
      ? []
      : [
          tell(
            context,
            rate(context.use, emptiness[1] ? "wider" : "narrower"),
            after.pointer,
            "allowEmptyValue",
            describeKeyword(name, "allowEmptyValue", emptiness[0], emptiness[1]),
          ),
        ]),
    ...compareValue(context, before, after),
  ];
}

function compareRequired(context: Context, name: string, pointer: string, was = false, is = false): Change[] {
  return was === is
    ? []
    : [
        tell(
          context,
          rateRequired(context.use, is),
          pointer,
          "required",
          `${name} is now ${is ? "required" : "optional"}.`,
        ),
      ];
}

/** How the value of a parameter or a header is described, and how it is written. */
function compareValue(context: Context, before: Located<Header & Partial<Parameter>>, after: typeof before): Change[] {
  meet(context, before, after);
  const name = wordsFor(context.revision, after.pointer);
  const [was, is] = [before.value, after.value];
  const styles = [styleOf(was), styleOf(is)];
  return [
    ...compareDeprecation(context, name, after.pointer, was, is),
    ...(canonicalJson(styles[0]) === canonicalJson(styles[1])
      ? []
      : [tell(context, STYLE, after.pointer, "style", `${name} is written in another way.`)]),
    ...compareSchemas(context, schemaIn(before), schemaIn(after)),
    ...compareContent(context, before, after),
  ];
}

const STYLE: Rating = {
  level: "patch",
  reason: "It changes how the value is written, which the client does, and no code of users.",
};

function styleOf({ in: place = "header", style, explode, ...rest }: Header & Partial<Parameter>): unknown {
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const own = style ?? usual;
  return [own, explode ?? own === "form", "allowReserved" in rest && rest.allowReserved === true];
}

function compareDeprecation(context: Context, name: string, pointer: string, was: object, is: object): Change[] {
  const [from, to] = [was, is].map((each) => "deprecated" in each && each.deprecated === true);
  return from === to
    ? []
    : [
        tell(
          context,
          rateDeprecation(to === true),
          pointer,
          "deprecated",
          `${name} is ${to ? "" : "no longer "}deprecated.`,
        ),
      ];
}

// ---- Bodies and responses ------------------------------------------------------------------------------------------------------

function compareBodies(
  context: Context,
  { pointer: from }: { pointer: string },
  { pointer: to }: { pointer: string },
): Change[] {
  const before = at<RequestBody>(context.base, from, "requestBody");
  const after = at<RequestBody>(context.revision, to, "requestBody");
  if (!isThere(before) && !isThere(after)) return [];
  if (!isThere(after))
    return [tell(context, GONE, before.pointer, "requestBody", `${wordsFor(context.base, before.pointer)} is gone.`)];
  const name = wordsFor(context.revision, after.pointer);
  if (!isThere(before)) {
    const optional = "The method takes it before its options, and calls that give options no longer compile.";
    const rating = !context.use.isSent
      ? NEW
      : after.value.required === true
        ? DEMANDED
        : { level: "major" as const, reason: optional };
    return [tell(context, rating, after.pointer, "requestBody", `${name} is new.`)];
  }
  meet(context, before, after);
  return [
    ...compareRequired(context, name, after.pointer, before.value.required, after.value.required),
    ...compareContent(context, before, after),
  ];
}

function compareResponses(
  context: Context,
  { pointer: from }: { pointer: string },
  { pointer: to }: { pointer: string },
): Change[] {
  const [before, after] = [
    allAt<ResponseObject>(context.base, from, "responses"),
    allAt<ResponseObject>(context.revision, to, "responses"),
  ];
  const name = (status: string): string => `the response ${status} of \`${context.use.operation ?? ""}\``;
  const place = (pointer: string, status: string): string =>
    below({ value: undefined, pointer }, "responses", status).pointer;
  return [
    ...[...before].flatMap(([status, response]) => {
      const now = after.get(status);
      return now
        ? compareResponse(context, response, now)
        : [tell(context, GONE, place(from, status), "responses", `${name(status)} is gone.`)];
    }),
    ...[...after].flatMap(([status, response]) => {
      if (before.has(status)) return [];
      const rating = isNewResult(status, response, before) && context.use.direction === "response" ? RESULT : NEW;
      return [tell(context, rating, place(to, status), "responses", `${name(status)} is new.`)];
    }),
  ];
}

const RESULT: Rating = { level: "major", reason: "The method may return something that code does not expect." };

/** Whether a new status gives a method something to return that it could not return before. */
function isNewResult(
  status: string,
  response: Located<ResponseObject>,
  before: ReadonlyMap<string, Located<ResponseObject>>,
): boolean {
  const isSuccess = (each: string): boolean => each.startsWith("2");
  const typeOf = ({ value }: Located<ResponseObject>): string | undefined => {
    const schema = value.content?.[JSON_MEDIA_TYPE]?.schema;
    return schema === undefined ? undefined : (schemaName(schema) ?? canonicalJson(schema));
  };
  return isSuccess(status) && ![...before].some(([each, old]) => isSuccess(each) && typeOf(old) === typeOf(response));
}

function compareResponse(context: Context, before: Located<ResponseObject>, after: Located<ResponseObject>): Change[] {
  meet(context, before, after);
  return [...compareHeaders(context, before, after), ...compareContent(context, before, after)];
}

function compareHeaders(context: Context, before: Located<ResponseObject>, after: Located<ResponseObject>): Change[] {
  const [from, to] = [
    allAt<Header>(context.base, before.pointer, "headers"),
    allAt<Header>(context.revision, after.pointer, "headers"),
  ];
  const name = (document: Document, { pointer }: Located, key: string): string =>
    `the header \`${key}\` of ${wordsFor(document, pointer)}`;
  const place = ({ pointer }: Located, key: string): string =>
    below({ value: undefined, pointer }, "headers", key).pointer;
  return [
    ...[...from].flatMap(([key, header]) => {
      const now = to.get(key);
      if (now === undefined)
        return [tell(context, GONE, place(before, key), "headers", `${name(context.base, before, key)} is gone.`)];
      // openapi-typescript takes a header that is referred to for required, and one that is written in place for what it says.
      const types = [before, after].map(
        ({ value }, index) => isReference(value.headers?.[key]) || [header, now][index]?.value.required === true,
      );
      const [was, is] =
        header.value.required === now.value.required ? types : [header.value.required, now.value.required];
      return [
        ...compareRequired(context, name(context.revision, after, key), place(after, key), was, is),
        ...compareValue(context, header, now),
      ];
    }),
    ...[...to.keys()].flatMap((key) =>
      from.has(key)
        ? []
        : [tell(context, NEW, place(after, key), "headers", `${name(context.revision, after, key)} is new.`)],
    ),
  ];
}

/** The media types of a body, a response, a parameter or a header. */
function compareContent(context: Context, before: Located<Pick<Header, "content">>, after: typeof before): Change[] {
  const [from, to] = [before.value.content ?? {}, after.value.content ?? {}];
  const media = ({ value, pointer }: Located<Pick<Header, "content">>, type: string) =>
    below({ value, pointer }, "content", type) as Located<MediaType>;
  const types = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...types].flatMap((type): readonly Change[] => {
    const [old, now] = [media(before, type), media(after, type)];
    if (isThere(old) && isThere(now)) {
      const hasConstants =
        type === JSON_MEDIA_TYPE && (context.use.direction === "request" || context.use.direction === "response");
      return [
        ...compareSchemas(context, schemaIn(old), schemaIn(now)),
        ...(hasConstants ? compareExamples(context, old, now) : []),
      ];
    }
    const isNew = isThere(now);
    const rating = !isNew ? GONE : context.use.direction === "delivery" ? UNREADABLE : NEW;
    const name = wordsFor(isNew ? context.revision : context.base, (isNew ? after : before).pointer);
    return [
      tell(
        context,
        rating,
        (isNew ? now : old).pointer,
        "content",
        `the media type \`${type}\` of ${name} is ${isNew ? "new" : "gone"}.`,
      ),
    ];
  });
}

const UNREADABLE: Rating = {
  level: "major",
  reason: "A delivery may come that receivers cannot read: nothing is agreed before it.",
};

export function schemaIn(part: Located<{ readonly schema?: Schema } | undefined>): Located<Schema>[] {
  return part.value?.schema === undefined ? [] : [below(part, "schema") as Located<Schema>];
}

/** The JSON of the request body of the operation object at a pointer. */
export function jsonBodyOf(document: Document, pointer: string): Located<MediaType | undefined> {
  return below(at<RequestBody>(document, pointer, "requestBody"), "content", JSON_MEDIA_TYPE) as Located<
    MediaType | undefined
  >;
}

/** What changes of the names of the examples of a JSON body: the constants of examples are typed by them. */
export function compareExamples(
  context: Context,
  before: Located<MediaType | undefined>,
  after: Located<MediaType | undefined>,
): Change[] {
  const [from, to] = [examplesIn(context.base, before), examplesIn(context.revision, after)];
  const gone = [...from.keys()].filter((name) => !to.has(name));
  const added = new Set([...to.keys()].filter((name) => !from.has(name)));
  const named = { ...context, use: { ...context.use, direction: "name" as const } };
  const place = (name: string): string => `the example \`${name}\` of ${wordsFor(context.revision, after.pointer)}`;
  const renamed = gone.map((name) => {
    const heir = [...added].find((each) => canonicalJson(to.get(each)) === canonicalJson(from.get(name)));
    if (heir !== undefined) added.delete(heir);
    return tell(
      named,
      EXAMPLE_GONE,
      after.pointer,
      "examples",
      `${place(name)} is ${heir === undefined ? "gone" : `now called \`${heir}\``}.`,
    );
  });
  return [
    ...renamed,
    ...[...added].map((name) => tell(named, EXAMPLE_NEW, after.pointer, "examples", `${place(name)} is new.`)),
  ];
}

const EXAMPLE_GONE: Rating = {
  level: "major",
  reason: "The constants of examples are typed by their names, and code that uses one no longer compiles.",
};
const EXAMPLE_NEW: Rating = { level: "minor", reason: "The constants of examples have a new name, which is new API." };

export function examplesIn(document: Document, { value }: Located<MediaType | undefined>): Map<string, unknown> {
  return new Map(
    (value ? examplesOf(document, value) : []).map((example) => [example.name ?? "example", example.value]),
  );
}

/** Keeps in mind that a component has been compared. */
function meet({ met }: Context, before: Located, after: Located): void {
  if (before.pointer === after.pointer) met.add(after.pointer);
}

/** What changes of the components that no operation and no delivery uses: their types are exported all the same. */
export function compareUnused(documents: Documents): Change[] {
  const context = contextOf(documents, "name", undefined);
  const both = <T>(
    kind: string,
    compare: (before: Located<T>, after: Located<T>) => readonly Change[],
  ): readonly Change[] =>
    Object.keys(documents.base.components?.[kind] ?? {}).flatMap((name) => {
      const pointer = pointerOf(["components", kind, name]);
      if (documents.met.has(pointer) || valueAt(documents.revision, pointer) === undefined) return [];
      return compare(at(documents.base, pointer) as Located<T>, at(documents.revision, pointer) as Located<T>);
    });
  return [
    ...both<ResponseObject>("responses", (before, after) => compareResponse(context, before, after)),
    ...both<RequestBody>("requestBodies", (before, after) => compareContent(context, before, after)),
    ...both<Parameter>("parameters", (before, after) => compareParameter(context, before, after)),
    ...both<Header>("headers", (before, after) => compareValue(context, before, after)),
    ...both<Schema>("schemas", (before, after) => compareSchemas(context, [before], [after])),
  ];
}
