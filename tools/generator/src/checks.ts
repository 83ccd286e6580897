import { type Document, deliveriesOf } from "@mindbridge-sdk/openapi";
import { exportsOf } from "./emit/index.ts";
import { readModel } from "./model.ts";
import { camelCase, isFixtureName } from "./names.ts";

/** A problem of the document as a whole. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  /** The pointer of the place. */
  readonly pointer: string;
}

/** Finds the problems of a whole document whose parts are valid: the rules look at each part alone. */
export function checkDocument(document: Document): Finding[] {
  const findings = checkDeliveryTypes(document);
  return findings.length > 0 ? findings : [...checkExportedNames(document), ...checkFixtureNames(document)];
}

/** Each delivery has a `type` in its body, and no two have the same. */
function checkDeliveryTypes(document: Document): Finding[] {
  const seen = new Map<string, string>();
  return deliveriesOf(document).flatMap(({ name, types, pointer }) => {
    const finding = (message: string): Finding => ({ rule: "delivery-type", message, pointer });
    if (types.length === 0) {
      return finding(
        `The delivery \`${name}\` does not say what its \`type\` is. Give the \`type\` property of its JSON body a \`const\`, such as \`analysis.completed\`.`,
      );
    }
    return types.flatMap((type) => {
      const other = seen.get(type);
      seen.set(type, name);
      return other === undefined
        ? []
        : finding(`\`${name}\` and \`${other}\` both have the type \`${type}\`. Give each delivery its own.`);
    });
  });
}

/** No two generated things have the same name. */
function checkExportedNames(document: Document): Finding[] {
  const seen = new Map<string, string>();
  return exportsOf(readModel(document)).flatMap(({ name, what, pointer }) => {
    const other = seen.get(name);
    if (other === undefined) {
      seen.set(name, what);
      return [];
    }
    const message = `Both ${other} and ${what} would be exported as \`${name}\`. Rename one of them.`;
    return { rule: "exported-names", message, pointer };
  });
}

/** The fixture of each type of delivery has a valid name of its own. */
function checkFixtureNames(document: Document): Finding[] {
  const seen = new Map<string, string>();
  return deliveriesOf(document).flatMap(({ types, pointer }) =>
    types.flatMap((type) => {
      const name = camelCase(type);
      const other = seen.get(name);
      seen.set(name, type);
      const finding = (message: string): Finding => ({ rule: "fixture-names", message, pointer });
      if (!isFixtureName(name)) {
        return finding(
          `The fixture of the type \`${type}\` would be called \`deliveries.${name}\`, which is not a valid name. Use a type of letters and digits that begins with a letter, such as \`analysis.completed\`, and is no property of every object.`,
        );
      }
      return other === undefined
        ? []
        : finding(
            `The fixtures of the types \`${type}\` and \`${other}\` would both be called \`deliveries.${name}\`. Correct one of the types, or change how the generator names fixtures (tools/generator/src/names.ts).`,
          );
    }),
  );
}
