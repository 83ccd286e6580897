import {
  type Body,
  type Document,
  deliveryTypes,
  examplesOf,
  isReference,
  jsonContent,
  METHODS,
  type OperationObject,
  type Parameter,
  type PathItem,
  parametersOf,
  type Reference,
  resolve,
  type Schema,
  schemaName,
} from "./document.ts";
import { constantCase, listName, pascalCase } from "./names.ts";

/** A type for people: the schema of this name, or the place in openapi-typescript's output that has none. */
export interface TypeAlias {
  readonly name: string;
  /** The TypeScript expression that it stands for. */
  readonly type: string;
  readonly description: string;
}

export interface PathParameter {
  readonly name: string;
  /** The TypeScript type, in which `Contract` stands for the module of the contract's types. */
  readonly type: string;
  readonly description: string;
}

/** Parameters of one kind (query, headers) that are given by name. */
export interface NamedParameters {
  readonly type: string;
  readonly required: boolean;
}

export interface Response {
  readonly status: string;
  readonly description: string;
  /** Nothing where the response has no content. */
  readonly type: string | undefined;
  readonly schema: Schema | Reference | undefined;
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly id: string;
  readonly resource: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly source: string | undefined;
  readonly deprecated: boolean;
  readonly pathParameters: readonly PathParameter[];
  readonly query: NamedParameters | undefined;
  readonly headers: NamedParameters | undefined;
  readonly body:
    | {
        readonly type: string;
        readonly schema: Schema | Reference | undefined;
        readonly required: boolean;
        readonly description: string;
        readonly examples: Readonly<Record<string, unknown>>;
      }
    | undefined;
  readonly responses: readonly Response[];
}

export interface Delivery {
  readonly types: readonly string[];
  readonly typeName: string;
  readonly schema: Schema | Reference | undefined;
  readonly description: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface Enum {
  readonly name: string;
  readonly list: string;
  readonly guard: string;
  readonly values: readonly unknown[];
  readonly description: string;
}

/** A name that users can import, and what stands behind it. */
export interface Export {
  readonly name: string;
  readonly what: string;
  readonly path: readonly string[];
}

/** A body that is validated, by the name of its type. The module of validators has a guard of that name. */
export interface Validated {
  readonly type: string;
  readonly schema: Schema | Reference;
}

/** What the emitters need to know of the document, in the document's order. */
export interface Model {
  readonly operations: readonly Operation[];
  readonly resources: readonly {
    readonly name: string;
    readonly description: string;
    readonly operations: readonly Operation[];
  }[];
  readonly deliveries: readonly Delivery[];
  readonly enums: readonly Enum[];
  readonly aliases: readonly TypeAlias[];
  readonly server: {
    readonly url: string;
    readonly patterns: readonly { readonly name: string; readonly variable: string; readonly pattern: string }[];
  };
  readonly exports: readonly Export[];
  readonly validated: readonly Validated[];
}

/** What the generated files of the contract export whatever the document says. */
const FIXED_EXPORTS = [
  "CONTRACT_HASH",
  "CONTRACT_VERSION",
  "DELIVERY_EXAMPLES",
  "DELIVERY_TYPES",
  "Deliveries",
  "DeliveryType",
  "EXAMPLES",
  "OPERATIONS",
  "OperationId",
  "SERVER_URL",
  "components",
  "isDeliveryType",
  "operations",
  "paths",
  "webhooks",
];

export function readModel(document: Document): Model {
  const aliases: TypeAlias[] = [];
  const exports: Export[] = FIXED_EXPORTS.map((name) => ({ name, what: "a part of every contract", path: [] }));
  const addExport = (name: string, what: string, path: readonly string[]) => exports.push({ name, what, path });

  const addAlias = (alias: TypeAlias, what: string, path: readonly string[]) => {
    aliases.push(alias);
    addExport(alias.name, what, path);
    return alias.name;
  };

  const enums: Enum[] = [];
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const path = ["components", "schemas", name];
    const description = schema.description ?? "";
    addAlias(
      { name, type: `components["schemas"][${JSON.stringify(name)}]`, description },
      `the schema \`${name}\``,
      path,
    );
    if (schema.enum) {
      const each = { name, list: listName(name), guard: `is${pascalCase(name)}`, values: schema.enum, description };
      enums.push(each);
      addExport(each.list, `the values of \`${name}\``, path);
      addExport(each.guard, `the guard of \`${name}\``, path);
    }
  }

  /** The type of a body: that of the schema it refers to, or an alias of its own for one that stands inline. */
  const typeOf = (schema: Schema | Reference | undefined, inline: TypeAlias, what: string, path: readonly string[]) =>
    (schema && schemaName(schema)) ?? addAlias(inline, what, path);

  const readOperation = (
    pathKey: string,
    method: (typeof METHODS)[number],
    pathItem: PathItem,
    operation: OperationObject,
  ): Operation => {
    const id = operation.operationId ?? "";
    const [resource = "", name = ""] = id.split(".");
    const at = ["paths", pathKey, method];
    const raw = `operations[${JSON.stringify(id)}]`;
    const parameters = parametersOf(document, pathItem, operation);

    const named = (kind: "query" | "header", suffix: string): NamedParameters | undefined => {
      const ofKind = parameters.filter((parameter) => parameter.in === kind);
      if (ofKind.length === 0) return undefined;
      const alias = {
        name: `${pascalCase(id)}${suffix}`,
        type: `NonNullable<${raw}["parameters"]["${kind}"]>`,
        description: `The ${kind} parameters of \`${id}\`.`,
      };
      return {
        type: addAlias(alias, `the ${kind} parameters of \`${id}\``, at),
        required: ofKind.some((parameter) => parameter.required),
      };
    };

    const readBody = (): Operation["body"] => {
      const body = operation.requestBody && resolve<Body>(document, operation.requestBody);
      const media = body && jsonContent(body);
      if (!body || !media) return undefined;
      const inline = {
        name: `${pascalCase(id)}Body`,
        type: `NonNullable<${raw}["requestBody"]>["content"]["application/json"]`,
        description: body.description ?? "",
      };
      const type = typeOf(media.schema, inline, `the body of \`${id}\``, [...at, "requestBody"]);
      return {
        type,
        required: body.required === true,
        description: body.description ?? "What to send.",
        schema: media.schema,
        examples: examplesOf(document, media),
      };
    };

    const readResponse = ([status, reference]: [string, Body | Reference], suffix: string): Response => {
      const response = resolve<Body>(document, reference);
      const media = jsonContent(response);
      const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
      const type = `${raw}["responses"][${key}]["content"]["application/json"]`;
      const description = response.description ?? "";
      if (!media) return { status, description, type: undefined, schema: undefined, examples: {} };
      const isSuccess = status.startsWith("2");
      const inline = { name: `${pascalCase(id)}${suffix}`, type, description };
      return {
        status,
        description,
        type: isSuccess
          ? typeOf(media.schema, inline, `the response ${status} of \`${id}\``, [...at, "responses", status])
          : ((media.schema && schemaName(media.schema)) ?? type),
        schema: media.schema,
        examples: examplesOf(document, media),
      };
    };

    const responses = Object.entries(operation.responses ?? {});
    const successes = responses.filter(([status]) => status.startsWith("2"));
    return {
      id,
      resource,
      name,
      method: method.toUpperCase(),
      path: pathKey,
      summary: operation.summary ?? "",
      description: operation.description ?? "",
      source: operation["x-source"],
      deprecated: operation.deprecated === true,
      pathParameters: readPathParameters(document, pathKey, parameters, id),
      query: named("query", "Query"),
      headers: named("header", "Headers"),
      body: readBody(),
      responses: responses.map((entry) =>
        readResponse(entry, successes.length > 1 ? `Response${entry[0]}` : "Response"),
      ),
    };
  };

  const operations = Object.entries(document.paths ?? {}).flatMap(([pathKey, reference]) => {
    const pathItem = resolve<PathItem>(document, reference);
    return METHODS.flatMap((method) => {
      const operation = pathItem[method];
      return operation ? [readOperation(pathKey, method, pathItem, operation)] : [];
    });
  });

  const deliveries = Object.entries(document.webhooks ?? {}).flatMap(([key, reference]) => {
    const pathItem = resolve<PathItem>(document, reference);
    return METHODS.flatMap((method): Delivery[] => {
      const operation = pathItem[method];
      if (!operation?.requestBody) return [];
      const types = deliveryTypes(document, operation);
      const media = jsonContent(resolve<Body>(document, operation.requestBody));
      if (!media || types.length === 0) return [];
      const description = operation.summary ?? "";
      const type = `NonNullable<webhooks[${JSON.stringify(key)}]["${method}"]["requestBody"]>["content"]["application/json"]`;
      const inline = { name: `${pascalCase(types[0] ?? key)}Delivery`, type, description };
      const typeName = typeOf(media.schema, inline, `the delivery \`${key}\``, ["webhooks", key]);
      return [{ types, typeName, schema: media.schema, description, examples: examplesOf(document, media) }];
    });
  });

  const descriptions = new Map(document.tags?.map((tag) => [tag.name, tag.description]));
  const byResource = Map.groupBy(operations, ({ resource }) => resource);
  const [server] = document.servers ?? [];
  const patterns = Object.entries(server?.variables ?? {}).flatMap(([variable, { "x-pattern": pattern }]) =>
    pattern === undefined ? [] : [{ variable, pattern, name: `${constantCase(variable)}_PATTERN` }],
  );
  for (const { name, variable } of patterns)
    addExport(name, `the pattern of the server variable \`${variable}\``, ["servers", "0"]);

  return {
    operations,
    resources: [...byResource].map(([name, ofResource]) => ({
      name,
      description: descriptions.get(name) ?? `The operations on \`${name}\`.`,
      operations: ofResource,
    })),
    deliveries,
    enums,
    aliases,
    server: { url: server?.url ?? "", patterns },
    exports,
    validated: readValidated(operations, deliveries, new Set(aliases.map(({ name }) => name))),
  };
}

/** The bodies that have a name and a schema: an error whose schema stands inline has none. */
function readValidated(
  operations: readonly Operation[],
  deliveries: readonly Delivery[],
  names: ReadonlySet<string>,
): Validated[] {
  const bodies = [
    ...operations.flatMap(({ body }) => body ?? []),
    ...operations.flatMap(({ responses }) => responses),
    ...deliveries.map(({ typeName, schema }) => ({ type: typeName, schema })),
  ];
  const validated = bodies.flatMap(({ type, schema }) =>
    type !== undefined && schema && names.has(type) ? [{ type, schema }] : [],
  );
  return [...new Map(validated.map((each) => [each.type, each])).values()];
}

/** The parameters in a path, in the order of its template. */
function readPathParameters(
  document: Document,
  pathKey: string,
  parameters: readonly Parameter[],
  id: string,
): PathParameter[] {
  return [...pathKey.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => {
    const parameter = parameters.find((each) => each.in === "path" && each.name === name);
    const reference = parameter?.schema ?? {};
    const schema = resolve<Schema>(document, reference);
    const simple = schema.enum || schema.const !== undefined ? undefined : PRIMITIVES[String(schema.type)];
    const named = isReference(reference) && !simple ? schemaName(reference) : undefined;
    return {
      name,
      type:
        simple ??
        `Contract.${named ?? `operations[${JSON.stringify(id)}]["parameters"]["path"][${JSON.stringify(name)}]`}`,
      description: parameter?.description ?? "",
    };
  });
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};
