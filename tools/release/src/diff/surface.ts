import {
  type Document,
  METHODS,
  type OperationObject,
  type Parameter,
  parametersOf,
} from "@mindbridge-sdk/generator/document";
import { type Model, type Operation, readModel } from "@mindbridge-sdk/generator/model";
import type { Change } from "./change.ts";
import { isEqual, pointerOf } from "./json.ts";

/**
 * What users write to get at the contract, which Redocly's diff takes for details of the document: methods, exported
 * names, parameters, types of deliveries and the address.
 */
export function surfaceChanges(base: Document, revision: Document): Change[] {
  const [before, after] = [readModel(base), readModel(revision)];
  return [
    ...operationChanges(before, after),
    ...pairedOperations(base, revision).flatMap(parameterChanges),
    ...deliveryChanges(base, revision, before, after),
    ...exportChanges(base, revision, before, after),
    ...componentChanges(base, revision),
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

/** An operation or delivery that is in both documents, which may have moved. */
interface Pair {
  readonly kind: "paths" | "webhooks";
  readonly name: string;
  readonly before: readonly Parameter[];
  readonly after: readonly Parameter[];
  readonly pointer: string;
}

function pairedOperations(base: Document, revision: Document): Pair[] {
  const read = (document: Document, kind: Pair["kind"]) =>
    new Map(
      Object.entries(document[kind] ?? {}).flatMap(([key, item]) =>
        METHODS.flatMap((method) => {
          const operation: OperationObject | undefined = item[method];
          if (operation === undefined) return [];
          const name = kind === "webhooks" ? key : (operation.operationId ?? `${method.toUpperCase()} ${key}`);
          return [[name, { parameters: parametersOf(document, item, operation), at: [kind, key, method] }] as const];
        }),
      ),
    );
  return (["paths", "webhooks"] as const).flatMap((kind) => {
    const old = read(base, kind);
    return [...read(revision, kind)].flatMap(([name, { parameters, at }]) => {
      const before = old.get(name)?.parameters;
      return before ? [{ kind, name, before, after: parameters, pointer: pointerOf([...at, "parameters"]) }] : [];
    });
  });
}

function parameterChanges(pair: Pair): Change[] {
  const changes: Change[] = [];
  const isSent = pair.kind === "paths";
  const keyOf = ({ in: place, name }: Parameter): string =>
    `${place} ${place === "header" ? name.toLowerCase() : name}`;
  const [from, to] = [byKey(pair.before, keyOf), byKey(pair.after, keyOf)];
  const push = (level: Change["level"], what: string, reason: string): void =>
    void changes.push({
      level,
      directions: [isSent ? "request" : "delivery"],
      operations: [pair.name],
      pointer: pair.pointer,
      what,
      reason,
    });
  const nameOf = ({ in: place, name }: Parameter): string => `The ${place} parameter \`${name}\` of \`${pair.name}\``;
  for (const [key, old] of from) {
    // Those are told by their place in the path, and cannot be left out.
    if (old.in === "path") continue;
    const now = to.get(key);
    if (now === undefined) {
      push(
        "major",
        `${nameOf(old)} is gone.`,
        isSent ? "Code that sends it no longer compiles." : "A receiver may rely on it.",
      );
    } else if ((old.required === true) !== (now.required === true)) {
      const isRequired = now.required === true;
      push(
        isSent === isRequired ? "major" : "minor",
        `${nameOf(now)} is now ${isRequired ? "required" : "optional"}.`,
        isSent
          ? isRequired
            ? "Calls without it are refused, and no longer compile."
            : "It may be left out, which is new API."
          : isRequired
            ? "It always comes, and code can rely on it."
            : "It may be missing, which code does not expect.",
      );
    }
  }
  for (const [key, now] of to) {
    if (now.in === "path" || from.has(key)) continue;
    const isDemanded = isSent && now.required === true;
    push(
      isDemanded ? "major" : "minor",
      `${nameOf(now)} is new${now.required === true ? " and required" : ""}.`,
      isDemanded ? "Calls without it are refused, and no longer compile." : "It is new API.",
    );
  }
  return changes;
}

function deliveryChanges(base: Document, revision: Document, before: Model, after: Model): Change[] {
  const typesOf = (model: Model): string[] => model.deliveries.flatMap(({ types }) => types);
  const [from, to] = [typesOf(before), typesOf(after)];
  const keyOf = (document: Document, type: string): string =>
    Object.keys(document.webhooks ?? {}).find((key) => key === type) ?? "";
  const change = (level: Change["level"], document: Document, type: string, what: string, reason: string): Change => ({
    level,
    directions: ["delivery"],
    operations: [type],
    pointer: pointerOf(["webhooks", keyOf(document, type)].filter(Boolean)),
    what,
    reason,
  });
  const keys = (document: Document): string[] => Object.keys(document.webhooks ?? {});
  const methods = (document: Document, key: string): string[] =>
    METHODS.filter((method) => document.webhooks?.[key]?.[method] !== undefined);
  return [
    ...from
      .filter((type) => !to.includes(type))
      .map((type) =>
        change("major", base, type, `The delivery \`${type}\` is gone.`, "Code that handles it no longer compiles."),
      ),
    ...to
      .filter((type) => !from.includes(type))
      .map((type) =>
        change(
          "minor",
          revision,
          type,
          `The delivery \`${type}\` is new.`,
          "Until now it arrived as one that is not listed.",
        ),
      ),
    ...keys(base)
      .filter((key) => !keys(revision).includes(key))
      .map((key) =>
        change(
          "major",
          base,
          key,
          `\`webhooks["${key}"]\` is gone.`,
          "The type `webhooks` is exported, and names it so.",
        ),
      ),
    ...keys(base)
      .filter((key) => keys(revision).includes(key) && !isEqual(methods(base, key), methods(revision, key)))
      .map((key) =>
        change(
          "major",
          revision,
          key,
          `The delivery \`${key}\` comes by ${quoted(methods(revision, key).map((each) => each.toUpperCase()))}.`,
          "A receiver listens to one method.",
        ),
      ),
  ];
}

function exportChanges(base: Document, revision: Document, before: Model, after: Model): Change[] {
  const [from, to] = [byKey(before.exports, ({ name }) => name), byKey(after.exports, ({ name }) => name)];
  const gone = before.exports.filter(({ name }) => !to.has(name));
  const added = after.exports.filter(({ name }) => !from.has(name));
  const schemaOf = (document: Document, name: string): unknown => document.components?.schemas?.[name];
  const heirs = new Map(
    gone.flatMap(({ name }) => {
      const schema = schemaOf(base, name);
      const heir = added.find((each) => schema !== undefined && isEqual(schemaOf(revision, each.name), schema));
      return heir === undefined ? [] : [[name, heir.name] as const];
    }),
  );
  const taken = new Set(heirs.values());
  return [
    ...gone.map(({ name, path }): Change => {
      const heir = heirs.get(name);
      return {
        level: "major",
        directions: ["name"],
        operations: [],
        pointer: pointerOf(heir ? ["components", "schemas", heir] : path),
        what: heir ? `\`${name}\` is now called \`${heir}\`.` : `\`${name}\` is no longer exported.`,
        reason: "Code that imports the name no longer compiles.",
      };
    }),
    ...added
      .filter(({ name }) => !taken.has(name))
      .map(
        ({ name, path }): Change => ({
          level: "minor",
          directions: ["name"],
          operations: [],
          pointer: pointerOf(path),
          what: `\`${name}\` is exported.`,
          reason: "A new name is new API.",
        }),
      ),
  ];
}

/** The components that openapi-typescript gives a name in the exported type `components`; schemas are exported themselves. */
const NAMED_COMPONENTS = ["responses", "parameters", "requestBodies", "headers", "pathItems"];

function componentChanges(base: Document, revision: Document): Change[] {
  return NAMED_COMPONENTS.flatMap((kind) => {
    const names = (document: Document): string[] => Object.keys(document.components?.[kind] ?? {});
    const change = (level: Change["level"], name: string, what: string, reason: string): Change => ({
      level,
      directions: ["name"],
      operations: [],
      pointer: pointerOf(["components", kind, name]),
      what: `\`components["${kind}"]["${name}"]\` ${what}`,
      reason,
    });
    const [from, to] = [names(base), names(revision)];
    return [
      ...from
        .filter((name) => !to.includes(name))
        .map((name) => change("major", name, "is gone.", "The type `components` is exported, and names it so.")),
      ...to
        .filter((name) => !from.includes(name))
        .map((name) => change("minor", name, "is new.", "The type `components` is exported, and names it so.")),
    ];
  });
}

function addressChanges(before: Model, after: Model): Change[] {
  const [from, to] = [before.server.url, after.server.url];
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

function byKey<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
