import {
  type Document,
  deliveryTypes,
  jsonContent,
  METHODS,
  type OperationObject,
  type RequestBody,
  resolve,
} from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { quoted } from "./describe.ts";
import { isEqual, isObject, pointerOf } from "./json.ts";
import { meaning, unwrap } from "./meaning.ts";

/** What has changed of which deliveries there are, and of where each stands. What their bodies hold is compared with the schemas. */
export function deliveryChanges({ base, revision }: Compared): Change[] {
  const [from, to] = [listedIn(base), listedIn(revision)];
  const [keysBefore, keysAfter] = [Object.keys(base.webhooks ?? {}), Object.keys(revision.webhooks ?? {})];
  const change = (level: Change["level"], type: string, key: string, what: string, reason: string): Change => ({
    level,
    directions: ["delivery"],
    operations: [type],
    pointer: pointerOf(["webhooks", key]),
    what,
    reason,
  });
  return [
    ...[...from]
      .filter(([type]) => !to.has(type))
      .map(([type, { key }]) =>
        change("major", type, key, `The delivery \`${type}\` is gone.`, "Code that handles it no longer compiles."),
      ),
    ...[...to].flatMap(([type, { key, body }]) => {
      const before = from.get(type);
      if (before === undefined) {
        const reason = "Until now it arrived as one that is not listed.";
        return [change("minor", type, key, `The delivery \`${type}\` is new.`, reason)];
      }
      // Below the same key, the bodies are compared with the schemas.
      if (before.key === key || isEqual(before.body, body)) return [];
      const reason = "Code that handles it no longer compiles, or finds something else there.";
      return [change("major", type, key, `The body of the delivery \`${type}\` is another one.`, reason)];
    }),
    ...keysBefore
      .filter((key) => !keysAfter.includes(key))
      .map((key) =>
        change(
          "major",
          key,
          key,
          `\`webhooks["${key}"]\` is gone.`,
          "The type `webhooks` is exported, and names it so.",
        ),
      ),
    ...keysBefore
      .filter((key) => keysAfter.includes(key) && !isEqual(methodsOf(base, key), methodsOf(revision, key)))
      .map((key) => {
        const methods = quoted(methodsOf(revision, key).map((each) => each.toUpperCase()));
        return change(
          "major",
          key,
          key,
          `The delivery \`${key}\` comes by ${methods}.`,
          "A receiver listens to one method.",
        );
      }),
  ];
}

interface Listed {
  /** Its key below `webhooks`. */
  readonly key: string;
  /** What the body means, but for the type in it. */
  readonly body: unknown;
}

/** The deliveries by their types. */
function listedIn(document: Document): ReadonlyMap<string, Listed> {
  return new Map(
    Object.entries(document.webhooks ?? {}).flatMap(([key, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        if (operation === undefined) return [];
        const listed = { key, body: bodyOf(document, operation) };
        return deliveryTypes(document, operation).map((type) => [type, listed] as const);
      }),
    ),
  );
}

function bodyOf(document: Document, { requestBody }: OperationObject): unknown {
  const untyped = (schema: unknown): unknown => {
    const { properties, allOf, ...rest } = unwrap(document, schema) ?? {};
    const { type: _, ...fields } = isObject(properties) ? properties : {};
    const parts = Array.isArray(allOf) ? allOf.map(untyped) : [];
    return { fields: meaning({ properties: fields }), parts, rest: meaning(rest) };
  };
  return requestBody && untyped(jsonContent(resolve<RequestBody>(document, requestBody))?.schema);
}

function methodsOf(document: Document, key: string): string[] {
  return METHODS.filter((method) => document.webhooks?.[key]?.[method] !== undefined);
}
