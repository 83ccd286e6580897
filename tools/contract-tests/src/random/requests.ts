import { deriveCases } from "../cases.ts";
import type { Document } from "../document.ts";
import { jsonContent, operationsOf } from "../operations.ts";
import { withoutReadOnly } from "../sample.ts";
import type { Schema } from "../schema.ts";

/** A request that takes a body: everything but the body. */
export interface BodyRequest {
  /** The operationId. */
  readonly operation: string;
  readonly httpMethod: string;
  /** The path template. */
  readonly template: string;
  /** The path of the document, with its parameters filled in, and the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Path parameters, in the order of the path template. */
  readonly pathParameters: readonly unknown[];
  readonly required: boolean;
  readonly mediaType: string;
  /** The schema of the body without what only the server sends (`readOnly`), which is how the mock reads it. */
  readonly schema: Schema;
  /** The schema of the body as it is, which is how types and validators read it. */
  readonly wholeSchema: Schema;
}

/** Every request of a document that takes a body of JSON, with parameters that the mock accepts. */
export function bodyRequests(document: Document): BodyRequest[] {
  const { cases } = deriveCases(document);
  return operationsOf(document).flatMap(({ id, httpMethod, path, requestBody }) => {
    const json = jsonContent(requestBody?.content);
    if (json === undefined) return [];
    const call = cases.find(({ operation, expected }) => operation === id && expected.kind === "success")?.call;
    if (call === undefined) throw new Error(`${id}: no call of it succeeds, so that no body can be sent to it.`);
    const [mediaType = ""] = Object.entries(requestBody?.content ?? {}).find(([, content]) => content === json) ?? [];
    return [
      {
        operation: id,
        httpMethod: httpMethod.toUpperCase(),
        template: path,
        target: `${fill(path, call.path)}${asQuery(call.query)}`,
        headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, String(value)])),
        pathParameters: call.path,
        required: requestBody?.required === true,
        mediaType,
        schema: withoutReadOnly(document, json.schema ?? true),
        wholeSchema: json.schema ?? true,
      },
    ];
  });
}

function fill(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replaceAll(/\{[^}]+\}/g, () => encodeURIComponent(String(values[next++])));
}

function asQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
}
