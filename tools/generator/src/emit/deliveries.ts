import type { Model } from "../model.ts";
import { BANNER, docComment, literal } from "../text.ts";

/** The deliveries that the contract lists, by the `type` in their body. */
export function emitDeliveries({ deliveries }: Model): string {
  const byType = deliveries.flatMap(({ types, ...rest }) => types.map((type) => ({ type, ...rest })));
  const names = [...new Set(deliveries.map(({ typeName }) => typeName))];
  const imports = names.length > 0 ? `import type { ${names.join(", ")} } from "./types.ts";\n` : "";
  return `${BANNER}${imports}
/** The bodies of the deliveries that this version of the contract lists, by their \`type\`. */
export interface Deliveries {
${byType.map(({ type, typeName, description }) => `${docComment("  ", description)}  ${literal(type)}: ${typeName};\n`).join("")}}

/** A \`type\` of delivery that this version of the contract lists. */
export type DeliveryType = keyof Deliveries;

/** The types of delivery that this version of the contract lists. MindBridge may send others. */
export const DELIVERY_TYPES: readonly DeliveryType[] = ${literal(byType.map(({ type }) => type))};

/** Whether \`value\` is one of {@link DELIVERY_TYPES}: \`false\` for a type that is newer than this version of the contract. */
export function isDeliveryType(value: unknown): value is DeliveryType {
  return (DELIVERY_TYPES as readonly unknown[]).includes(value);
}
`;
}
