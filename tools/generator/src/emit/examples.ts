import type { Model } from "../model.ts";
import { BANNER, literal, literalBlock } from "../text.ts";

type Examples = Readonly<Record<string, unknown>>;

/** The examples of the document as constants, typed as what they are examples of. */
export function emitExamples(model: Model): string {
  const typeNames = new Set(model.aliases.map(({ name }) => name));
  const imports = { types: new Set<string>(), openapi: new Set<string>() };
  const typed = (type: string, examples: Examples) => {
    if (typeNames.has(type)) imports.types.add(type);
    else imports.openapi.add("operations");
    const names = Object.keys(examples).map((name) => `${literal(name)}: ${type}`);
    return `{ ${names.join("; ")} }`;
  };

  const operationTypes: string[] = [];
  const operationValues: Record<string, { request?: Examples; responses: Record<string, Examples> }> = {};
  for (const { id, body, responses } of model.operations) {
    const withExamples = responses.filter(({ examples }) => Object.keys(examples).length > 0);
    const request = body && Object.keys(body.examples).length > 0 ? body : undefined;
    const lines = [
      ...(request ? [`    request: ${typed(request.type, request.examples)};`] : []),
      "    responses: {",
      ...withExamples.map(
        ({ status, type = "unknown", examples }) => `      ${literal(status)}: ${typed(type, examples)};`,
      ),
      "    };",
    ];
    operationTypes.push(`  ${literal(id)}: {\n${lines.join("\n")}\n  };\n`);
    operationValues[id] = {
      ...(request && { request: request.examples }),
      responses: Object.fromEntries(withExamples.map(({ status, examples }) => [status, examples])),
    };
  }

  const deliveries = model.deliveries.filter(({ examples }) => Object.keys(examples).length > 0);
  const deliveryTypes = deliveries.map(
    ({ types: [type], typeName, examples }) => `  ${literal(type)}: ${typed(typeName, examples)};\n`,
  );
  const deliveryValues = Object.fromEntries(deliveries.map(({ types: [type = ""], examples }) => [type, examples]));

  const importLines = [
    ...(imports.openapi.size > 0 ? [`import type { operations } from "./openapi.ts";\n`] : []),
    ...(imports.types.size > 0
      ? [`import type { ${[...imports.types].toSorted().join(", ")} } from "./types.ts";\n`]
      : []),
  ];
  return `${BANNER}${importLines.join("")}
/** The examples of each operation: of its request, and of its responses by status, under the names that the document gives them. */
export const EXAMPLES: {
${operationTypes.join("")}} = ${literalBlock(operationValues)};

/** The examples of the deliveries, by their \`type\`. */
export const DELIVERY_EXAMPLES: {
${deliveryTypes.join("")}} = ${literalBlock(deliveryValues)};
`;
}
