import type { Model } from "../model.ts";
import { BANNER, docComment, literal } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The deliveries that the contract lists, by the `type` in their body. */
export const deliveries: Emitter = {
  package: "contract",
  files: (model) => ({ "deliveries.ts": emit(model) }),
  exports: () => inEveryContract("DELIVERY_TYPES", "Deliveries", "DeliveryType", "isDeliveryType"),
};

function emit(model: Model): string {
  const byType = model.deliveries.flatMap(({ types, type, description }) =>
    types.map((key) => ({ key, description, type: types.length === 1 ? type : `${type} & { type: ${literal(key)} }` })),
  );
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
`;
}
