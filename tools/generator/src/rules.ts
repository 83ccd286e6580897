import {
  BASES,
  type Document,
  type Encoding,
  isAnnotation,
  isBinary,
  isJson,
  isObject,
  type MediaType,
  methodNameOf,
  type NamedOperation,
  type RequestBody,
  type SchemaObject,
  type SecurityRequirement,
} from "@mindbridge-sdk/openapi";
import { getLineColLocation, type Oas2Rule, type Oas3Rule, type UserContext } from "@redocly/openapi-core";
import { errorNameOf } from "../../../packages/client/src/statuses.ts";
import { readContent } from "./model.ts";
import { argumentName, isParameterName, isTypeName, typeNameOf } from "./names.ts";
import { isIgnoredHeader } from "./normalize.ts";
import { tokenHeaders } from "./security.ts";
import { hidesOfClient, isMethodName, MethodNames, suggestName } from "./suggest-name.ts";

/** A rule on the name of each operation. `suggest` makes one that no operation has. */
function onOperations(
  check: (operation: NamedOperation, path: string, suggest: () => string, context: UserContext) => void,
): Oas3Rule {
  return () => {
    let path = "";
    let taken = new MethodNames({});
    return {
      Paths: {
        enter(paths, { resolve }) {
          const items = Object.entries(paths).map(([key, item]) => [key, resolve(item).node ?? {}]);
          taken = new MethodNames(Object.fromEntries(items));
        },
        PathItem: {
          enter(_, { key }) {
            path = String(key);
          },
          Operation(operation, context) {
            const suggest = (): string => {
              const name = suggestName(String(context.key), path, taken);
              taken.add(name);
              return name;
            };
            check(operation, path, suggest, context);
          },
        },
      },
    };
  };
}

/** An operation has a name that the method of the client can have. */
const operationName = onOperations((operation, path, suggest, { report, location }) => {
  const { operationId, "x-method-name": given } = operation;
  if (operationId === undefined && given === undefined) {
    report({
      message: `The operation has no \`operationId\`. Name it as \`resource.method\`, such as \`${suggest()}\`.`,
      location: location.key(),
    });
    return;
  }
  const name = methodNameOf(path, operation);
  const isName = isMethodName(name);
  if (isName && !hidesOfClient(name)) return;
  const why = isName
    ? `\`${name}\` would hide something that the client already has.`
    : `\`${given ?? operationId}\` makes no name of a method: \`${name}\` is not two names in camelCase, or more, with dots between them.`;
  report({
    message: `${why} Give the operation an \`x-method-name\`, such as \`${suggest()}\`.`,
    location: location.child(given === undefined ? "operationId" : "x-method-name"),
  });
});

/** The name of a method is one that somebody chose, not what follows from an `operationId` of another form. */
const methodName = onOperations((operation, path, suggest, { report, location }) => {
  const { operationId, "x-method-name": given } = operation;
  const name = methodNameOf(path, operation);
  if (operationId === undefined || given !== undefined || name === operationId) return;
  report({
    message: `\`${operationId}\` becomes the method \`${name}\`. To choose its name, give the operation an \`x-method-name\`, such as \`${suggest()}\`.`,
    location: location.child("operationId"),
  });
});

/** Users hear what the vendor publishes of an operation, if the document says so. */
const operationBasis: Oas3Rule = () => ({
  Paths: {
    PathItem: {
      Operation(operation, { report, location }) {
        const basis: unknown = Reflect.get(operation, "x-basis");
        if (basis === undefined || (typeof basis === "string" && basis in BASES)) return;
        const known = Object.keys(BASES)
          .map((each) => `\`${each}\``)
          .join(" or ");
        report({
          message: `Say in \`x-basis\` what the vendor publishes of the operation: ${known}.`,
          location: location.child("x-basis"),
        });
      },
    },
  },
});

/** A body of a request or of a response, as far as the rule on media types looks at it. */
interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: object; readonly encoding?: MediaType["encoding"] }>>;
}

/**
 * The client sends JSON, forms, and bytes or text as they are. It reads a success as JSON, or hands it on as a stream. It hands on
 * the body of an error as it is.
 */
const mediaTypes: Oas3Rule = () => ({
  Paths: {
    Operation({ requestBody, responses = {} }, { report, location, resolve }) {
      const contentOf = (body: unknown) => (body ? resolve<Described>(body).node?.content : undefined) ?? {};
      const sent = contentOf(requestBody);
      const at = location.child("requestBody").key();
      const parts = Object.keys(sent).filter((each) => /^multipart\/(?!form-data *(;|$))/i.test(each));
      for (const mediaType of Object.keys(sent).length === parts.length ? parts : []) {
        report({
          message: `The client writes forms as \`multipart/form-data\`, not as \`${mediaType}\`. Describe the body as that.`,
          location: at,
        });
      }
      const schemaOf = (schema: unknown): SchemaObject =>
        (isObject(schema) ? resolve<SchemaObject>(schema).node : undefined) ?? {};
      const encoded = Object.entries(sent).filter(([, { encoding }]) => encoding);
      const [[mediaType, chosen] = ["", undefined]] = readKind(sent) === "json" ? [] : encoded;
      const { properties = {} } = schemaOf(chosen?.schema);
      for (const [name, encoding] of Object.entries(chosen?.encoding ?? {})) {
        if (/^application\/x-www-form-urlencoded/i.test(mediaType)) {
          if (isWrittenInForm(schemaOf(properties[name]), encoding, schemaOf)) continue;
          report({
            message: `The client writes a list in this form as a field for each item (\`form\`, exploded), and an object as JSON, or as \`deepObject\` if it holds no list and no object. Describe \`${name}\` so, or by properties that have the names of its fields, such as \`${name}[0]\`.`,
            location: at,
          });
          continue;
        }
        const unsupported = Object.keys(Object(encoding)).find((key) => ["headers", "style", "explode"].includes(key));
        if (unsupported !== undefined) {
          report({
            message: `The client writes a part of a form as a file, a text or JSON, without \`${unsupported}\`. Remove it from the encoding of \`${name}\`.`,
            location: at,
          });
        }
        const { contentType } = Object(encoding) as { contentType?: string };
        const property = schemaOf(properties[name]);
        const sentAs = partType(property.type === "array" ? schemaOf(property.items) : property);
        if (contentType === undefined || sentAs === undefined) continue;
        if (contentType.split(",").some((each) => each.split(";")[0]?.trim().toLowerCase() === sentAs)) continue;
        report({
          message: `The client sends the part \`${name}\` as \`${sentAs}\`, not as \`${contentType}\`. Describe it as a file (\`contentMediaType\`), or remove its \`contentType\`.`,
          location: at,
        });
      }
      const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
      const read = successes.flatMap(([status, response]) => {
        const kind = readKind(contentOf(response));
        return kind === undefined ? [] : [{ status, kind }];
      });
      const [first, other] = [read[0], read.find(({ kind }) => kind !== read[0]?.kind)];
      if (first && other) {
        const name = (kind: string) => (kind === "json" ? "JSON" : "no JSON");
        report({
          message: `A success is JSON, or it is a stream of bytes: ${first.status} has ${name(first.kind)}, and ${other.status} has ${name(other.kind)}. Describe both as one of them, or make two operations.`,
          location: location.child(["responses", other.status]).key(),
        });
      }
    },
  },
});

/** Whether the client writes a property of a form without files as its encoding says. */
function isWrittenInForm(
  property: SchemaObject,
  encoding: Encoding,
  schemaOf: (schema: unknown) => SchemaObject,
): boolean {
  const { contentType, style, explode = true, ...others } = encoding;
  if (Object.keys(others).some((key) => !key.startsWith("x-"))) return false;
  const types = [property.type ?? []].flat();
  if (!types.includes("object")) return contentType === undefined && (style ?? "form") === "form" && explode;
  if (style === undefined) return true;
  const { properties = {}, additionalProperties = false } = property;
  const values = [...Object.values(properties), additionalProperties].filter((each) => each !== false).map(schemaOf);
  const isFlat =
    values.length > 0 && values.every(({ type = "object" }) => [type].flat().every((each) => FLAT.has(each)));
  return style === "deepObject" && explode && isFlat;
}

/** The types of values that are one text. */
const FLAT: ReadonlySet<string> = new Set(["string", "number", "integer", "boolean", "null"]);

/** Of several media types of a body, the client speaks one. Another is missed where it says something of its own. */
const oneMediaType: Oas3Rule = () => {
  /** What operations share is looked at once. */
  const seen = new Set<string>();
  const check = (body: unknown, isMissed: (mediaType: string) => boolean, { report, location }: UserContext): void => {
    const { content = {} } = body as Described;
    const spoken = readContent({ content } as RequestBody);
    // Bytes go as the media type that they say, and come as the one that the server takes.
    if (spoken === undefined || spoken.kind === "bytes" || location.pointer.includes("/callbacks/")) return;
    if (seen.has(location.absolutePointer)) return;
    seen.add(location.absolutePointer);
    const { mediaType } = spoken;
    for (const other of Object.keys(content).filter((each) => each !== mediaType)) {
      const hasOwnSchema = JSON.stringify(content[other]?.schema) !== JSON.stringify(content[mediaType]?.schema);
      if (!hasOwnSchema && !isMissed(other)) continue;
      report({
        message: `The client speaks \`${mediaType}\` here, and not \`${other}\`${hasOwnSchema ? ", which has another schema" : ""}. Ignore this if nobody needs it, or describe that one alone.`,
        location: location.child(["content", other]).key(),
      });
    }
  };
  return {
    Paths: {
      RequestBody: (body, context) => check(body, () => false, context),
      Response(response, context) {
        // What is no success is handed on as it comes.
        if (String(context.key).startsWith("2")) check(response, (mediaType) => !isJson(mediaType), context);
      },
    },
  };
};

/** The media type of a part of a form; `undefined` if the file that is sent says it, or if the schema does not. */
function partType(schema: SchemaObject): "application/json" | "text/plain" | undefined {
  const { type } = schema;
  if (type === "object") return "application/json";
  if (typeof type !== "string" || type === "array" || isBinary(schema)) return undefined;
  return "text/plain";
}

/** The client throws an error for a 3xx, even if the document describes it as an expected response. */
const thrownResponses: Oas3Rule = () => ({
  Paths: {
    Responses(responses, { report, location }) {
      // The API calls a callback, and the client does not.
      if (location.pointer.includes("/callbacks/")) return;
      for (const status of Object.keys(responses).filter((each) => each.startsWith("3"))) {
        const name = errorNameOf(status);
        report({
          message: `The client throws ${/^[AEIOU]/.test(name) ? "an" : "a"} \`${name}\` for ${status}, and ${status === "304" ? "has no cache" : "follows no redirect: the `Location` is in the `headers` of the error"}. Ignore this if users are to catch it, or describe a success.`,
          location: location.child(status).key(),
        });
      }
    },
  },
});

/** A body says what it is. Prism mocks no JSON that has neither a schema nor an example, or no media type. */
const bodyDescription: Oas3Rule = () => ({
  Paths: {
    RequestBody({ content = {} }, { report, location }) {
      if (Object.keys(content).length > 0) return;
      report({ message: "The body has no media type. Describe it, or remove the `requestBody`.", location });
    },
    MediaType({ schema, example, examples }, { key, report, location, resolve }) {
      const { type } = Object((schema && resolve<object>(schema).node) ?? {}) as { type?: unknown };
      if (key === "*/*" && (type === "object" || type === "array")) {
        report({
          message:
            "Prism, which mocks the API, writes no JSON as `*/*`. Name the media type, such as `application/json`.",
          location: location.key(),
        });
      }
      if (isJson(String(key)) && (schema ?? example ?? examples) === undefined) {
        report({
          message: `Give \`${key}\` a \`schema\` (\`{}\` for any JSON), or remove the \`content\` if there is none.`,
          location: location.key(),
        });
      }
    },
  },
});

/** OpenAPI writes a range of statuses in capitals. */
const responseStatus: Oas3Rule = () => ({
  Paths: {
    Responses(responses, { report, location }) {
      for (const status of Object.keys(responses)) {
        if (/^(?:[1-5]\d\d|[1-5]XX|default|x-.*)$/.test(status)) continue;
        report({
          message: `\`${status}\` is no status. Write a number, such as \`200\`, a range, such as \`2XX\`, or \`default\`.`,
          location: location.child(status).key(),
        });
      }
    },
  },
});

/** What the client makes of a body: JSON, if there is any. */
function readKind(content: object): "json" | "stream" | undefined {
  const all = Object.keys(content);
  if (all.length === 0) return undefined;
  return all.some(isJson) ? "json" : "stream";
}

/** A generated method can take each parameter, and the client can write it. */
const parameterSupport: Oas3Rule = () => ({
  Paths: {
    Parameter(parameter, { report, location }) {
      // The API calls a callback, and the client does not.
      if (location.pointer.includes("/callbacks/")) return;
      const { name, explode, style } = parameter;
      if (parameter.in === "path" && !isParameterName(argumentName(name))) {
        report({
          message: `No parameter of a TypeScript method can be called after the path parameter \`${name}\`. Use a name that begins with a letter, such as \`webhookId\`.`,
          location: location.child("name"),
        });
      }
      if (parameter.in === "cookie") {
        report({
          message: `The client sends no cookies. Remove the parameter \`${name}\`.`,
          location: location.child("in"),
        });
      }
      if (parameter.content !== undefined) {
        report({
          message: `The client writes a parameter by its \`schema\`. Describe \`${name}\` so: an object in the query in the style \`deepObject\`, or JSON as a string.`,
          location: location.child("content").key(),
        });
      }
      const { styles, explodes } = parameter.in === "query" ? QUERY : OTHERS;
      const written = style ?? styles[0] ?? "";
      const isExploded = explode ?? written === "form";
      const isWritten = styles.includes(written) && (!isExploded || explodes.includes(written));
      if (!isWritten) {
        const list = styles.map((each) => `\`${each}\``).join(", ");
        report({
          message: `The client writes ${parameter.in} parameters in the style ${list}${parameter.in === "query" ? ", and explodes `form` alone" : ", without `explode`"}. Describe \`${name}\` so.`,
          location: location.child(explode === undefined ? "style" : "explode"),
        });
      }
    },
  },
});

/** `fetch` sends the operation: it refuses some methods, and bodies with others. */
const fetchSupport: Oas3Rule = () => ({
  Paths: {
    Operation({ requestBody, responses = {} }, { report, location, key, resolve }) {
      const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
      for (const [status] of key === "head" ? successes : []) {
        const { content } = resolve<Described>(responses[status] as Described).node ?? {};
        if (content === undefined) continue;
        report({
          message: "The answer to HEAD has headers only. Remove its `content`.",
          location: location.child(["responses", status]).key(),
        });
      }
      if (key === "trace") {
        report({ message: "`fetch` sends no TRACE. Remove the operation.", location: location.key() });
      }
      if (requestBody && (key === "get" || key === "head")) {
        report({
          message: `\`fetch\` sends no body with ${key.toUpperCase()}. Describe it as parameters of the query; or the operation as a POST with \`x-safe: true\`, if the server takes one.`,
          location: location.child("requestBody").key(),
        });
      }
    },
  },
});

/** OpenAPI ignores parameters that describe what `security` and `content` say. */
const ignoredHeaders: Oas3Rule = () => ({
  Paths: {
    Parameter({ name, in: place }, { report, location }) {
      if (place !== "header" || !isIgnoredHeader(name)) return;
      report({
        message: `OpenAPI ignores a parameter \`${name}\`, and the client sets the header itself. Remove it: \`security\` and \`content\` say what it is. Prism refuses a call without it, if it is required.`,
        location: location.child("name"),
      });
    },
  },
});

/** The styles in which parameters can be written, and those of them that may be exploded. */
const QUERY = { styles: ["form", "spaceDelimited", "pipeDelimited", "deepObject"], explodes: ["form", "deepObject"] };
const OTHERS = { styles: ["simple"], explodes: [] as string[] };

/** The name of a schema makes the name of a public type, and of one alone. */
const schemaNames: Oas3Rule = () => ({
  NamedSchemas(schemas, { report, location }) {
    const names = Object.keys(schemas);
    const alike = Map.groupBy(names, typeNameOf);
    for (const name of names.filter((each) => each !== typeNameOf(each) || !isTypeName(each))) {
      const type = typeNameOf(name);
      const [other] = (alike.get(type) ?? []).filter((each) => each !== name);
      if (isTypeName(type) && other === undefined) continue;
      report({
        message: `${other === undefined ? `\`${name}\` is no name for a TypeScript type, or TypeScript has one of this name.` : `\`${name}\` and \`${other}\` would both be the type \`${type}\`.`} Use letters and digits in PascalCase, such as \`WebhookCreate\`.`,
        location: location.child(name).key(),
      });
    }
  },
});

/** The generator reads OpenAPI 3.1 only: other versions say the same in other words, which it would pass over. */
const openapiVersion = () => ({
  Root(root: { readonly openapi?: unknown; readonly swagger?: unknown }, { report, location }: UserContext) {
    const { openapi, swagger } = root;
    if (typeof openapi === "string" && /^3\.1\.\d+$/.test(openapi)) return;
    const isOlder = swagger !== undefined || String(openapi).startsWith("3.0");
    report({
      message: `The generator reads OpenAPI 3.1, not ${String(openapi ?? swagger)}. ${isOlder ? "Convert the document first: `npx openapi-format openapi.yaml --convertTo 3.1 --output openapi-3.1.yaml` (Swagger 2.0 to 3.0 before, by `npx swagger2openapi`)." : "Write the document in 3.1."}`,
      location: location.child(swagger === undefined ? "openapi" : "swagger"),
    });
  },
});

/** The client sends every operation to the server of the document. */
const oneServer: Oas3Rule = () => {
  const check = (
    { servers = [] }: { readonly servers?: readonly unknown[] },
    { report, location }: UserContext,
  ): void => {
    if (servers.length === 0) return;
    report({
      message:
        "The client sends every operation to the first server of the document. Remove these `servers`, or describe the operations of another server in a document of its own.",
      location: location.child("servers").key(),
    });
  };
  return { Paths: { PathItem: { enter: check, Operation: check } } };
};

/** The client has one token, which it sends in a header. */
const securitySupport: Oas3Rule = () => {
  let document: Document = {};
  const check = (
    { security = [] }: { readonly security?: readonly SecurityRequirement[] },
    { report, location }: UserContext,
  ): void => {
    if (tokenHeaders(document, security).length > 0) return;
    // Another rule reports a scheme that is not defined.
    const known = document.components?.securitySchemes ?? {};
    if (security.some((each) => Object.keys(each).some((name) => !(name in known)))) return;
    report({
      message: `The client cannot meet this security: it has one token, and sends it as \`Authorization: Bearer\` (\`http\` of the scheme \`bearer\`, \`oauth2\`) or in the header of an \`apiKey\`. Add one of these as an alternative to ${security
        .map((each) =>
          Object.keys(each)
            .map((name) => `\`${name}\``)
            .join(" with "),
        )
        .join(", ")}, or teach the client first.`,
      location: location.child("security").key(),
    });
  };
  return {
    Root(root, context) {
      document = root as unknown as Document;
      check(document, context);
    },
    Paths: { PathItem: { Operation: check as never } },
  };
};

/** An integer that JavaScript cannot hold would lose digits in the generated examples. */
const exactIntegers: Oas3Rule = () => {
  const checkIn =
    (...keys: readonly string[]) =>
    (node: object, { report, location }: UserContext): void => {
      for (const path of keys.flatMap((key) =>
        inexactIntegers(Reflect.get(node, key)).map((inner) => [key, ...inner]),
      )) {
        const at = location.child(path);
        const { start } = getLineColLocation(at);
        const [text = ""] =
          /^-?\d+(?![.e\d])/i.exec(at.source.getLines()[start.line - 1]?.slice(start.col - 1) ?? "") ?? [];
        if (text === "" || BigInt(text) === BigInt(Number(text))) continue;
        report({
          message: `JavaScript has no number ${text}: it would become ${BigInt(Number(text))}. Take an integer up to ${Number.MAX_SAFE_INTEGER}, or describe the value as a string.`,
          location: at,
        });
      }
    };
  return {
    Schema: checkIn("const", "default", "enum", "example", "examples"),
    Parameter: checkIn("example"),
    Header: checkIn("example"),
    MediaType: checkIn("example"),
    Example: checkIn("value"),
  };
};

/** The paths to the integers in a value that may have lost digits. */
function inexactIntegers(value: unknown): string[][] {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? [] : [[]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => inexactIntegers(inner).map((path) => [key, ...path]));
}

/** Prism reads a constraint beside a `$ref` in place of the one of the schema, and not together with it. */
const refSiblings: Oas3Rule = () => ({
  ref: {
    enter(node, { type, report, location }) {
      const constraints = Object.keys(node).filter((keyword) => keyword !== "$ref" && !isAnnotation(keyword));
      if (type.name !== "Schema" || constraints.length === 0) return;
      report({
        message: `Prism, which mocks the API, takes ${constraints.map((each) => `\`${each}\``).join(", ")} beside a \`$ref\` for what the schema itself says. Put both into an \`allOf\`.`,
        location: location.key(),
      });
    },
  },
});

/** OpenAPI passes over what stands beside a `$ref`, but in a schema. Mostly a line has slipped under the wrong key. */
const lostContent: Oas3Rule = () => ({
  ref: {
    enter(node, { type, report, location }) {
      const isKept = (key: string) => ["$ref", "summary", "description"].includes(key) || key.startsWith("x-");
      const lost = Object.keys(node).filter((key) => !isKept(key));
      if (type.name === "Schema" || lost[0] === undefined) return;
      report({
        message: `OpenAPI reads the \`$ref\` alone, and passes over what stands beside it: ${lost.map((key) => `\`${key}\``).join(", ")}. Correct the indentation, or remove one of the two.`,
        location: location.child(lost[0]).key(),
      });
    },
  },
});

/** The rules of this project beyond Redocly's `recommended-strict`, as a Redocly plugin. */
export const plugin = {
  id: "mindbridge",
  rules: {
    oas2: { "openapi-version": openapiVersion as Oas2Rule },
    oas3: {
      "body-description": bodyDescription,
      "media-types": mediaTypes,
      "exact-integers": exactIntegers,
      "fetch-support": fetchSupport,
      "ignored-headers": ignoredHeaders,
      "lost-content": lostContent,
      "one-server": oneServer,
      "openapi-version": openapiVersion as Oas3Rule,
      "operation-basis": operationBasis,
      "method-name": methodName,
      "operation-name": operationName,
      "parameter-support": parameterSupport,
      "ref-siblings": refSiblings,
      "response-status": responseStatus,
      "schema-names": schemaNames,
      "one-media-type": oneMediaType,
      "security-support": securitySupport,
      "thrown-responses": thrownResponses,
    },
  },
};

/** The rules of {@link plugin} on style: what breaks them works all the same. */
export const STYLE: ReadonlySet<string> = new Set([
  "ignored-headers",
  "method-name",
  "ref-siblings",
  "one-media-type",
  "thrown-responses",
]);
