import { allOfParts, type Document, type Schema, typesOf } from "@mindbridge-sdk/openapi";
import type { Model } from "../model.ts";
import { BANNER, docComment, literal, literalBlock } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The deliveries that the contract lists, by the `type` in their body. */
export const deliveries: Emitter = {
  package: "contract",
  files: (model) => ({ "deliveries.ts": emit(model) }),
  exports: () => inEveryContract("DATA_TYPES", "DELIVERY_TYPES", "Deliveries", "DeliveryType", "isDeliveryType"),
};

function emit(model: Model): string {
  const byType = model.deliveries.flatMap(({ types, type, description }) =>
    types.map((key) => ({ key, description, type: types.length === 1 ? type : `${type} & { type: ${literal(key)} }` })),
  );
  const dataTypes = model.deliveries.flatMap(({ types, schema = true }) => {
    const data = dataTypesOf(model.document, schema);
    return data.join() === "object" ? [] : types.map((type) => [type, data] as const);
  });
  const names = [...new Set(model.deliveries.map(({ type }) => type))];
  const imports = names.length > 0 ? `import type { ${names.join(", ")} } from "./types.ts";\n` : "";
  return `${BANNER}${imports}
/** The bodies of the deliveries that this version of the contract lists, by their \`type\`. */
export interface Deliveries {
${byType.map(({ key, type, description }) => `${docComment("  ", description)}  ${literal(key)}: ${type};\n`).join("")}}

/** The types of delivery that this version of the contract lists. MindBridge may send others. */
export const DELIVERY_TYPES = ${literal(byType.map(({ key }) => key))} as const satisfies readonly (keyof Deliveries)[];

/** A \`type\` of delivery that this version of the contract lists. */
export type DeliveryType = (typeof DELIVERY_TYPES)[number];

/** Whether \`value\` is one of {@link DELIVERY_TYPES}: \`false\` for a type that is newer than this version of the contract. */
export function isDeliveryType(value: unknown): value is DeliveryType {
  return (DELIVERY_TYPES as readonly unknown[]).includes(value);
}

/** What \`data\` may be in the deliveries where it is not just an object: types of JSON, and \`undefined\`. There are none if the body has no \`data\`. */
export const DATA_TYPES: { readonly [type: string]: readonly string[] } = ${literalBlock(Object.fromEntries(dataTypes))};
`;
}

const JSON_TYPES = ["array", "boolean", "null", "number", "object", "string"];

/** The types of JSON that `data` may have in a body, and `undefined` if it may be left out; none if the body has no `data`. */
function dataTypesOf(document: Document, body: Schema): string[] {
  const parts = allOfParts(document, body).map(({ value }) => value);
  const said = parts.flatMap(({ properties }): Schema[] => (properties?.data === undefined ? [] : [properties.data]));
  if (said.length === 0) return [];
  const isRequired = parts.some(({ required }) => required?.includes("data"));
  const named = [...typesOf(document, { allOf: said })].map((type) => (type === "integer" ? "number" : type));
  const types = named.length > 0 ? [...new Set(named)] : JSON_TYPES;
  return isRequired ? types : [...types, "undefined"];
}
