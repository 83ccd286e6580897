import { type Model, type Operation, serverUrl } from "@mindbridge-sdk/generator";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { deliveryChanges } from "./deliveries.ts";
import { quoted } from "./describe.ts";
import { byKey, isEqual, pointerOf } from "./json.ts";
import { nameChanges } from "./names.ts";
import { parameterChanges } from "./parameters.ts";

/**
 * What users write to get at the contract, which Redocly's diff takes for details of the document: methods, exported
 * names, parameters, types of deliveries and the address.
 */
export function surfaceChanges(compared: Compared): Change[] {
  const { before, after } = compared;
  return [
    ...operationChanges(before, after),
    ...parameterChanges(compared),
    ...deliveryChanges(compared),
    ...nameChanges(compared),
    ...addressChanges(before, after),
  ];
}

const pointerTo = ({ path, method }: Operation): string => pointerOf(["paths", path, method.toLowerCase()]);

function operationChanges(before: Model, after: Model): Change[] {
  const changes: Change[] = [];
  const [from, to] = [byKey(before.operations, ({ id }) => id), byKey(after.operations, ({ id }) => id)];
  const renamedTo = new Set<string>();
  for (const old of before.operations) {
    const now = to.get(old.id);
    const change = (what: string, reason: string): void =>
      void changes.push({
        level: "major",
        directions: ["name"],
        operations: [old.id],
        pointer: pointerTo(now ?? old),
        what,
        reason,
      });
    if (now === undefined) {
      const heir = after.operations.find(
        (each) => !from.has(each.id) && each.method === old.method && each.path === old.path,
      );
      if (heir) {
        renamedTo.add(heir.id);
        change(`\`${old.id}\` is now called \`${heir.id}\`.`, "The operationId is the name of the client's method.");
      } else {
        change(`\`${old.id}\` is gone.`, "Code that calls the method no longer compiles.");
      }
      continue;
    }
    const shape = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, "{}");
    if (old.method !== now.method || shape(old.path) !== shape(now.path)) {
      change(
        `\`${old.id}\` is now \`${now.method} ${now.path}\`; it was \`${old.method} ${old.path}\`.`,
        "The low-level API, mocks and proxies name an operation by its method and path.",
      );
    }
    const names = (operation: Operation): string[] => operation.pathParameters.map(({ name }) => name);
    if (shape(old.path) === shape(now.path) && !isEqual(names(old), names(now))) {
      change(
        `The path parameters of \`${old.id}\` are now called ${quoted(names(now))}; they were ${quoted(names(old))}.`,
        "The low-level API takes path parameters by their names.",
      );
    }
  }
  for (const now of after.operations) {
    if (from.has(now.id) || renamedTo.has(now.id)) continue;
    changes.push({
      level: "minor",
      directions: ["name"],
      operations: [now.id],
      pointer: pointerTo(now),
      what: `\`${now.id}\` is new.`,
      reason: "A new method is new API.",
    });
  }
  return changes;
}

function addressChanges(before: Model, after: Model): Change[] {
  const [from, to] = [serverUrl(before.document), serverUrl(after.document)];
  if (from === to) return [];
  const variables = (url: string): string[] =>
    [...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name).toSorted();
  const isSame = isEqual(variables(from), variables(to));
  return [
    {
      level: isSame ? "minor" : "major",
      directions: ["address"],
      operations: [],
      pointer: "#/servers/0/url",
      what: `The API is at \`${to}\`; it was at \`${from}\`.`,
      reason: isSame
        ? "Code stays as it is and calls the new address, but who lets traffic out by name has to know."
        : "What users fill in to make the address is something else.",
    },
  ];
}
