import {
  type Content,
  type Document,
  HTTP_METHODS,
  type HttpMethod,
  type MediaType,
  type OperationObject,
  type Parameter,
  type PathItem,
  type RequestBody,
  type ResponseObject,
} from "./document.ts";

/** An operation as the tests need it: every parameter in one list, and what the client calls it. */
export interface Operation {
  /** The operationId, which is also the name of the client's method: `resource.method`. */
  readonly id: string;
  readonly resource: string;
  readonly method: string;
  readonly httpMethod: HttpMethod;
  readonly path: string;
  /** Those of the path item and of the operation. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: Readonly<Record<string, ResponseObject>>;
  readonly secured: boolean;
  readonly object: OperationObject;
}

/** What MindBridge sends: one operation under `webhooks`. */
export interface Delivery {
  readonly name: string;
  readonly httpMethod: HttpMethod;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly object: OperationObject;
}

function entries(
  items: Readonly<Record<string, PathItem>> | undefined,
): [string, PathItem, HttpMethod, OperationObject][] {
  return Object.entries(items ?? {}).flatMap(([key, item]) =>
    HTTP_METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined
        ? []
        : [[key, item, method, operation] satisfies [unknown, unknown, unknown, unknown]];
    }),
  );
}

/** An operation's parameter replaces the one of its path that has the same name and place. */
function parametersOf(item: PathItem, operation: OperationObject): Parameter[] {
  const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

/**
 * Every operation of the document, in its order.
 *
 * @throws {Error} if an operationId is not of the form `resource.method`.
 */
export function operationsOf(document: Document): Operation[] {
  return entries(document.paths).map(([path, item, httpMethod, object]) => {
    const id = object.operationId ?? "";
    const [resource, method, ...rest] = id.split(".");
    if (!resource || !method || rest.length > 0) {
      throw new Error(`${httpMethod} ${path}: name it by an operationId of the form resource.method, not "${id}".`);
    }
    return {
      id,
      resource,
      method,
      httpMethod,
      path,
      parameters: parametersOf(item, object),
      requestBody: object.requestBody,
      responses: object.responses ?? {},
      secured: (object.security ?? document.security ?? []).some((scheme) => Object.keys(scheme).length > 0),
      object,
    };
  });
}

/** Every delivery of the document, in its order. */
export function deliveriesOf(document: Document): Delivery[] {
  return entries(document.webhooks).map(([name, item, httpMethod, object]) => ({
    name,
    httpMethod,
    parameters: parametersOf(item, object),
    requestBody: object.requestBody,
    object,
  }));
}

/** The JSON of a request or a response, if it has any. */
export function jsonContent(content: Content | undefined): MediaType | undefined {
  return Object.entries(content ?? {}).find(([type]) => /^application\/(?:.+\+)?json\b/.test(type))?.[1];
}

/** The examples of a media type, a parameter or a header, by name; the one of `example` has none. */
export function examplesOf(of: Pick<MediaType, "example" | "examples">): { name?: string; value: unknown }[] {
  if (of.example !== undefined) return [{ value: of.example }];
  return Object.entries(of.examples ?? {}).flatMap(([name, { value }]) =>
    value === undefined ? [] : [{ name, value }],
  );
}
