import { type Document, type Header, resolveSchema } from "./document.ts";
import { deliveriesOf, examplesOf, jsonContent, operationsOf } from "./operations.ts";
import type { Schema } from "./schema.ts";

/**
 * Checks what this document promises beyond the published facts, for operations of today and of tomorrow.
 *
 * @returns One sentence for each breach, with its place and what to do; none if there is none.
 */
export function breaches(document: Document): string[] {
  return [
    ...operationsOf(document).flatMap((operation) => {
      const { id, requestBody, responses, object } = operation;
      return [
        ...sourceBreaches(id, object["x-source"]),
        ...schemaBreaches(document, jsonContent(requestBody?.content)?.schema, `${id} › request body`, "request"),
        ...Object.keys(responses).flatMap((code) => undeclarable(id, code)),
        ...Object.entries(responses).flatMap(([code, { content, headers }]) => {
          const place = `${id} › response ${code}`;
          const json = jsonContent(content);
          if (code.startsWith("2")) return schemaBreaches(document, json?.schema, `${place} › body`, "response");
          const hasExample = json !== undefined && examplesOf(json).length > 0;
          return [...(hasExample ? [] : [`${place}: give it an example.`]), ...headerBreaches(place, headers ?? {})];
        }),
      ];
    }),
    ...deliveriesOf(document).flatMap(({ name, requestBody, parameters, object }) => {
      const place = `delivery ${name}`;
      return [
        ...sourceBreaches(place, object["x-source"]),
        ...schemaBreaches(document, jsonContent(requestBody?.content)?.schema, `${place} › body`, "delivery"),
        ...parameters.flatMap((parameter) =>
          examplesOf(parameter).length > 0 ? [] : [`${place} › header ${parameter.name}: give it an example.`],
        ),
      ];
    }),
  ];
}

function sourceBreaches(place: string, source: unknown): string[] {
  const isGiven = typeof source === "string" && source.trim() !== "";
  return isGiven ? [] : [`${place}: say in x-source which page it comes from.`];
}

/** Their bodies are unpublished, and a mock that has them declared no longer says in its body what is wrong. */
function undeclarable(id: string, code: string): string[] {
  return ["400", "422", "default", "4XX"].includes(code) ? [`${id} › response ${code}: do not declare it.`] : [];
}

function headerBreaches(place: string, headers: Readonly<Record<string, Header>>): string[] {
  return Object.entries(headers).flatMap(([name, header]) =>
    examplesOf(header).length > 0 ? [] : [`${place} › header ${name}: give it an example.`],
  );
}

/** Requests are closed and hold the listed values only; what the server sends is open and may hold others. */
function schemaBreaches(
  document: Document,
  schema: Schema | undefined,
  place: string,
  side: "request" | "response" | "delivery",
  inside: readonly Schema[] = [],
): string[] {
  const resolved = schema === undefined ? true : resolveSchema(document, schema);
  if (typeof resolved === "boolean" || inside.includes(resolved)) return [];
  const deeper = (part: Schema, at: string): string[] =>
    schemaBreaches(document, part, at, side, [...inside, resolved]);
  const { properties, additionalProperties, items, anyOf, oneOf, allOf } = resolved;
  const closed = additionalProperties === false || resolved.unevaluatedProperties === false;
  const own: string[] = [];
  if (side === "request" && properties !== undefined && !closed && !inside.some(closes)) {
    own.push(`${place}: close it by additionalProperties: false, since the server refuses what it does not know.`);
  }
  if (side !== "request" && closed) own.push(`${place}: leave it open, since the server may send more tomorrow.`);
  if (side !== "request" && resolved.enum !== undefined) {
    own.push(`${place}: let other values pass (anyOf with type: string), since the server renames them over time.`);
  }
  // A list of values beside a branch for any text is the open form.
  const isOpenList = anyOf?.some((part) => isAnyText(resolveSchema(document, part))) ?? false;
  const branches = [...(isOpenList && side !== "request" ? [] : (anyOf ?? [])), ...(oneOf ?? []), ...(allOf ?? [])];
  return [
    ...own,
    ...branches.flatMap((part) => deeper(part, place)),
    ...Object.entries(properties ?? {}).flatMap(([name, property]) => deeper(property, `${place} › ${name}`)),
    ...(items === undefined ? [] : deeper(items, `${place} › each item`)),
    ...(typeof additionalProperties === "object" ? deeper(additionalProperties, `${place} › each property`) : []),
  ];
}

/** The parts of an `allOf` cannot be closed one by one, only all of them together. */
function closes(schema: Schema): boolean {
  return typeof schema === "object" && schema.allOf !== undefined && schema.unevaluatedProperties === false;
}

function isAnyText(schema: Schema): boolean {
  return (
    typeof schema === "object" && schema.type === "string" && schema.enum === undefined && schema.const === undefined
  );
}
