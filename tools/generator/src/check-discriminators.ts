import {
  below,
  childrenOf,
  type Document,
  exchangesOf,
  isObject,
  type Located,
  pointerOf,
  rootsOf,
  type Schema,
  type SchemaObject,
  schemaName,
} from "@mindbridge-sdk/openapi";
import { nearest } from "../../../packages/cli/src/nearest.ts";
import type { Finding } from "./check-schemas.ts";

interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Finds discriminators that lead to no schema, or to schemas that stand in no `oneOf`. */
export function checkDiscriminators(document: Document): Finding[] {
  const { schemas = {} } = document.components ?? {};
  /** The schemas that extend another one, by the name of that. */
  const heirs = new Map<string, string[]>();
  /** The names of the schemas that something else refers to. */
  const used = new Set<string>();
  const discriminated = new Map<string, SchemaObject>();

  const visit = ({ value: schema, pointer }: Located<Schema>, heir?: string): void => {
    if (typeof schema === "boolean") return;
    const referred = schemaName(schema);
    if (referred !== undefined && heir === undefined) used.add(referred);
    if (referred !== undefined && heir !== undefined) heirs.set(referred, [...(heirs.get(referred) ?? []), heir]);
    if (isObject(schema.discriminator)) discriminated.set(pointer, schema);
    for (const child of childrenOf({ value: schema, pointer }))
      visit(child, child.keyword === "allOf" ? schemaName(pointer) : undefined);
  };
  for (const exchange of exchangesOf(document)) for (const root of rootsOf(document, exchange)) visit(root.schema);
  for (const [name, value] of Object.entries(schemas))
    visit({ value, pointer: pointerOf(["components", "schemas", name]) });

  return [...discriminated].flatMap(([pointer, schema]): Finding[] => {
    const { mapping = {}, propertyName } = schema.discriminator as Discriminator;
    const lost = Object.entries(mapping).flatMap(([value, to]): Finding[] => {
      const name = schemaName(to) ?? to;
      if (name in schemas) return [];
      const meant = nearest(name.split("/").at(-1) ?? "", Object.keys(schemas));
      return [
        {
          rule: "discriminators",
          message: `The \`mapping\` names \`${to}\`, and no schema of the components is there. ${meant === undefined ? "Name one of them, such as `#/components/schemas/Webhook`." : `Did you mean \`${meant}\`?`}`,
          pointer: below({ value: schema, pointer }, "discriminator", "mapping", value).pointer,
        },
      ];
    });
    const name = schemaName(pointer) ?? "";
    const extending = heirs.get(name) ?? [];
    if (lost.length > 0 || schema.oneOf || schema.anyOf || !used.has(name) || extending.length === 0) return lost;
    const list = extending.map((each) => `\`${each}\``).join(", ");
    const message = `The type \`${name}\` would have no properties of the schemas that extend it (${list}), and any \`${propertyName}\` would do. Where each of them may stand, refer to a component that is a \`oneOf\` of them, and put the \`discriminator\` there.`;
    return [{ rule: "discriminators", message, pointer: `${pointer}/discriminator` }];
  });
}
