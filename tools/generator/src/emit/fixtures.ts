import type { Document } from "../document.ts";
import type { Delivery, Model } from "../model.ts";
import { camelCase } from "../names.ts";
import { sample } from "../sample.ts";
import { BANNER, docComment, literal, literalBlock } from "../text.ts";

/** For each type of delivery a function that makes one of its example, or of its schema where it has none. */
export function emitFixtures(document: Document, { deliveries }: Model): string {
  const fixtures = deliveries.flatMap((delivery) =>
    delivery.types.map((type) => emitFixture(document, delivery, type)),
  );
  if (fixtures.length === 0) return `${BANNER}\nexport const deliveries = {};\n`;
  const hasExamples = deliveries.some(({ examples }) => Object.keys(examples).length > 0);
  const importExamples = hasExamples ? `import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";\n` : "";
  return `${BANNER}import type { Deliveries } from "@mindbridge-sdk/contract/deliveries";
${importExamples}import { type Overrides, withOverrides } from "../overrides.ts";

/**
 * Makes the body of a delivery of each type that the contract lists: that of its example, with what is given over it. A new
 * one each time, which may be changed.
 */
export const deliveries = {
${fixtures.join("")}};
`;
}

function emitFixture(document: Document, { types, schema, description, examples }: Delivery, type: string): string {
  const [first = type] = types;
  const [example] = Object.keys(examples);
  const typed = `Deliveries[${literal(type)}]`;
  const comment = docComment(
    "  ",
    `\`${type}\`: ${description}`,
    ...(example === undefined
      ? ["The document has no example of it, so the values only have the form that it asks for."]
      : []),
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
