import { type Body, isNamed, type Model, type Response } from "../model.ts";
import { BANNER, importLine, literal, literalBlock } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The examples of the document as constants. Each has the type of what it is an example of. */
export const examples: Emitter = {
  package: "contract",
  files: (model) => ({ "examples.ts": emit(model) }),
  exports: () => inEveryContract("DELIVERY_EXAMPLES", "EXAMPLES"),
};

type Exemplified = Body | Response;

function hasExamples(body: Exemplified): boolean {
  return Object.keys(body.examples).length > 0;
}

function emit({ operations, deliveries }: Model): string {
  const typed = ({ type = "unknown", examples: all }: Exemplified) =>
    `{ ${Object.keys(all)
      .map((name) => `${literal(name)}: ${type}`)
      .join("; ")} }`;

  const ofOperations = operations.map(({ id, body, responses }) => ({
    id,
    request: body && hasExamples(body) ? body : undefined,
    responses: responses.filter(hasExamples),
  }));
  const operationTypes = ofOperations.map(({ id, request, responses }) => {
    const lines = [
      ...(request ? [`    request: ${typed(request)};`] : []),
      "    responses: {",
      ...responses.map((response) => `      ${literal(response.status)}: ${typed(response)};`),
      "    };",
    ];
    return `  ${literal(id)}: {\n${lines.join("\n")}\n  };\n`;
  });
  const operationValues = ofOperations.map(({ id, request, responses }) => [
    id,
    {
      ...(request && { request: request.examples }),
      responses: Object.fromEntries(responses.map((response) => [response.status, response.examples])),
    },
  ]);

  const ofDeliveries = deliveries.filter(hasExamples).map((body) => ({ key: body.types[0] ?? "", body }));
  const deliveryTypes = ofDeliveries.map(({ key, body }) => `  ${literal(key)}: ${typed(body)};\n`);
  const deliveryValues = ofDeliveries.map(({ key, body }) => [key, body.examples]);

  const bodies: Exemplified[] = [
    ...ofOperations.flatMap(({ request, responses }) => [...(request ? [request] : []), ...responses]),
    ...ofDeliveries.map(({ body }) => body),
  ];
  const named = bodies.flatMap((body) => (isNamed(body) ? (body.type ?? []) : []));
  const imports = [
    importLine("import type", bodies.every(isNamed) ? [] : ["operations"], "./openapi.ts"),
    importLine("import type", named, "./types.ts"),
  ];
  return `${BANNER}${imports.join("")}
/** The examples of each operation, under their names in the document: those of its request, and those of its responses by status. */
export const EXAMPLES: {
${operationTypes.join("")}} = ${literalBlock(Object.fromEntries(operationValues))};

/** The examples of the deliveries, by their \`type\`. */
export const DELIVERY_EXAMPLES: {
${deliveryTypes.join("")}} = ${literalBlock(Object.fromEntries(deliveryValues))};
`;
}
