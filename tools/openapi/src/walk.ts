import type { Content, Document, Schema } from "./document.ts";
import { type Delivery, type Operation, parameterName, parametersOf, withoutExtensions } from "./operations.ts";
import { below, isObject, keysOf, type Located, pointerOf, valueAt } from "./pointer.ts";
import { follow, isBareReference, schemaName, target } from "./resolve.ts";
import { childrenOf } from "./schemas.ts";

/** Whether the user of the SDK sends the values of a schema, or reads them. */
export type Direction = "sent" | "read";

/** A schema at the top of an operation or a delivery. */
export interface Root {
  readonly direction: Direction;
  readonly kind: "parameter" | "body" | "header";
  /** The place and the name of a parameter (`query page`), or the name of a response's header. Nothing for a body. */
  readonly name: string | undefined;
  /** The status of the response that it belongs to. Nothing for what belongs to the request. */
  readonly status: string | undefined;
  /** Nothing for a parameter or a header without `content`. */
  readonly mediaType: string | undefined;
  readonly schema: Located<Schema>;
}

/** A schema that the walk passes. A `$ref` with nothing beside it is followed at once, and not passed itself. */
export interface Visit {
  readonly root: Root;
  readonly direction: Direction;
  readonly schema: Schema;
  /** Where the schema stands: among the components, if it was referred to. */
  readonly pointer: string;
  /** The name of the schema, if it is a component. */
  readonly name: string | undefined;
  /** Where its values stand in those of the root: names of properties, `[]` for items and `*` for any other property. */
  readonly path: readonly string[];
  /** The schema that holds this one, and the keyword that it does so by. Nothing for the root. */
  readonly parent: Visit | undefined;
  readonly keyword: string | undefined;
  /** The name or the index of this schema below the keyword, if it has one. */
  readonly key: string | undefined;
}

/** Every schema of an operation or a delivery, from its top down through every keyword and every `$ref`. */
export function* walkOperation(document: Document, operation: Operation | Delivery): Generator<Visit> {
  for (const root of rootsOf(document, operation)) yield* walk(document, root);
}

/** Kept by the kind and the pointer of the operation or the delivery, since the checks and the emitters ask for the same. */
const roots = new WeakMap<Document, Map<string, readonly Root[]>>();

/** The schemas at the top of an operation or a delivery: those of its parameters, its request body and its responses. */
export function rootsOf(document: Document, operation: Operation | Delivery): readonly Root[] {
  const known = roots.get(document) ?? new Map<string, readonly Root[]>();
  roots.set(document, known);
  const key = `${operation.kind} ${operation.pointer}`;
  const found = known.get(key) ?? readRoots(document, operation);
  known.set(key, found);
  return found;
}

function readRoots(document: Document, { kind, pointer }: Operation | Delivery): Root[] {
  const [request, answer] = kind === "operation" ? (["sent", "read"] as const) : (["read", "sent"] as const);
  const operation = { value: valueAt(document, pointer), pointer };
  const resolved = (part: Located): Located => follow(document, part);

  const rootsIn = (part: Located, root: Omit<Root, "mediaType" | "schema">): Root[] => [
    ...schemaIn(part, { ...root, mediaType: undefined }),
    ...Object.keys((part.value as { content?: Content }).content ?? {}).flatMap((mediaType) =>
      schemaIn(below(part, "content", mediaType), { ...root, mediaType }),
    ),
  ];
  const item = pointerOf(keysOf(pointer).slice(0, -1));
  const parameters = parametersOf(document, { value: valueAt(document, item), pointer: item }, operation);
  const body = resolved(below(operation, "requestBody"));
  const responses = below(operation, "responses");
  return [
    ...parameters.flatMap((parameter) =>
      rootsIn(parameter, {
        direction: request,
        kind: "parameter",
        name: parameterName(parameter.value),
        status: undefined,
      }),
    ),
    ...(isObject(body.value)
      ? rootsIn(body, { direction: request, kind: "body", name: undefined, status: undefined })
      : []),
    ...Object.keys(withoutExtensions(Object(responses.value))).flatMap((status) => {
      const response = resolved(below(responses, status));
      const headers = below(response, "headers");
      return [
        ...Object.keys(headers.value ?? {}).flatMap((name) =>
          rootsIn(resolved(below(headers, name)), { direction: answer, kind: "header", name, status }),
        ),
        ...rootsIn(response, { direction: answer, kind: "body", name: undefined, status }),
      ];
    }),
  ];
}

function schemaIn(part: Located, root: Omit<Root, "schema">): Root[] {
  const schema = below(part, "schema") as Located<Schema | undefined>;
  return schema.value === undefined ? [] : [{ ...root, schema: schema as Located<Schema> }];
}

/** Every schema from a root down. A schema that holds itself is passed once on each way. */
export function* walk(document: Document, root: Root): Generator<Visit> {
  yield* visit(root.schema, undefined, undefined, undefined);

  function* visit(
    at: Located<Schema>,
    parent: Visit | undefined,
    keyword: string | undefined,
    key: string | undefined,
  ): Generator<Visit> {
    const { value: schema, pointer } = follow(document, at, isBareReference) as Located<Schema>;
    for (let around = parent; around !== undefined; around = around.parent) if (around.pointer === pointer) return;
    const path = [...(parent?.path ?? []), ...stepInto(keyword, key)];
    const name = schemaName(pointer);
    const here: Visit = { root, direction: root.direction, schema, pointer, name, path, parent, keyword, key };
    yield here;
    if (typeof schema === "boolean") return;
    if (schema.$ref !== undefined) {
      yield* visit(target(document, schema.$ref) as Located<Schema>, here, "$ref", undefined);
    }
    for (const child of childrenOf({ value: schema, pointer })) {
      // Definitions describe no value until a `$ref` leads to them.
      if (child.keyword !== "$defs") yield* visit(child, here, child.keyword, child.key);
    }
  }
}

/** The step from a value to the part of it that a keyword describes. Most keywords describe the value itself. */
function stepInto(keyword: string | undefined, key: string | undefined): string[] {
  switch (keyword) {
    case "properties":
      return [key ?? ""];
    case "items":
    case "prefixItems":
    case "contains":
    case "unevaluatedItems":
      return ["[]"];
    case "additionalProperties":
    case "patternProperties":
    case "unevaluatedProperties":
      return ["*"];
    default:
      return [];
  }
}
