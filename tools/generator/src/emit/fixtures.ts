import type { Document } from "@mindbridge-sdk/openapi";
import type { Delivery, Model } from "../model.ts";
import { camelCase } from "../names.ts";
import { sample } from "../sample.ts";
import { BANNER, docComment, importLine, literal, literalBlock } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/**
 * For each type of delivery a function that makes one: from its example, or from its schema where it has none. And the event
 * that webhooks subscribe to for it.
 */
export const fixtures: Emitter = {
  package: "testing",
  files: (model) => ({ "deliveries.ts": emit(model) }),
};

function emit({ document, deliveries }: Model): string {
  const functions = deliveries.flatMap((delivery) =>
    delivery.types.map((type) => emitFixture(document, delivery, type)),
  );
  const subscriptions = emitSubscriptions(deliveries);
  if (functions.length === 0) return `${BANNER}\nexport const deliveries = {};\n${subscriptions}`;
  const hasExamples = deliveries.some(({ examples }) => Object.keys(examples).length > 0);
  const names = hasExamples ? ["DELIVERY_EXAMPLES"] : [];
  return `${BANNER}import type { Deliveries } from "@mindbridge-sdk/contract/deliveries";
${importLine("import", names, "@mindbridge-sdk/contract/examples")}import { type Overrides, withOverrides } from "../overrides.ts";

/**
 * Makes the body of a delivery of each type that the contract lists: a new copy of its example, with your overrides.
 */
export const deliveries = {
${functions.join("")}};
${subscriptions}`;
}

function emitSubscriptions(deliveries: readonly Delivery[]): string {
  const known = deliveries.flatMap(({ types, subscription }) =>
    subscription === undefined ? [] : types.map((type) => [type, subscription] as const),
  );
  return `
/** The event that a webhook subscribes to, by the type of delivery that it then gets: of the types for which the document says it. */
export const subscriptions: Readonly<Record<string, string>> = ${literalBlock(Object.fromEntries(known))};
`;
}

function emitFixture(document: Document, { types, schema, description, examples }: Delivery, type: string): string {
  const [first = type] = types;
  const [example] = Object.keys(examples);
  const typed = `Deliveries[${literal(type)}]`;
  const comment = docComment(
    "  ",
    `\`${type}\`: ${description}`,
    ...(example === undefined ? ["The document has no example of it, so its values are made from its schema."] : []),
  );
  const value = () => {
    if (example === undefined) return literalBlock({ ...(sample(document, schema) as object), type }, "    ");
    const found = `DELIVERY_EXAMPLES[${literal(first)}][${literal(example)}]`;
    return types.length === 1 ? found : `{ ...${found}, type: ${literal(type)} }`;
  };
  return `${comment}  ${camelCase(type)}: (overrides?: Overrides<${typed}>): ${typed} =>
    withOverrides<${typed}>(${value()}, overrides),
`;
}
