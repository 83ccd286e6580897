import { aliasesOf, exportsOf, type Model, validatedBodies } from "@mindbridge-sdk/generator";
import { type Document, METHODS } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { byKey, canonical, pointerOf } from "./json.ts";

/** What has changed of the names that users import, or by which they index what they import. */
export function nameChanges(compared: Compared): Change[] {
  return [
    ...exportChanges(compared),
    ...guardChanges(compared),
    ...componentChanges(compared),
    ...operationKeyChanges(compared),
  ];
}

function change(level: Change["level"], pointer: string, what: string, reason: string): Change {
  return { level, directions: ["name"], operations: [], pointer, what, reason };
}

function exportChanges({ base, revision, before, after }: Compared): Change[] {
  const [from, to] = [byKey(exportsOf(before), ({ name }) => name), byKey(exportsOf(after), ({ name }) => name)];
  const gone = [...from.values()].filter(({ name }) => !to.has(name));
  const added = [...to.values()].filter(({ name }) => !from.has(name));
  const heirs = new Map(
    gone.flatMap(({ name }) => {
      const schema = schemaText(base, name);
      const heir = added.find((each) => schema !== undefined && schemaText(revision, each.name) === schema);
      return heir === undefined ? [] : [[name, heir.name] as const];
    }),
  );
  const taken = new Set(heirs.values());
  return [
    ...gone.map(({ name, pointer }): Change => {
      const heir = heirs.get(name);
      return change(
        "major",
        heir ? pointerOf(["components", "schemas", heir]) : pointer,
        heir ? `\`${name}\` is now called \`${heir}\`.` : `\`${name}\` is no longer exported.`,
        "Code that imports the name no longer compiles.",
      );
    }),
    ...added
      .filter(({ name }) => !taken.has(name))
      .map(({ name, pointer }) => change("minor", pointer, `\`${name}\` is exported.`, "A new name is new API.")),
  ];
}

/** A schema to compare with one of another name, which may refer to itself. */
function schemaText(document: Document, name: string): string | undefined {
  const schema = document.components?.schemas?.[name];
  return schema === undefined ? undefined : canonical(schema).replaceAll(`"#/components/schemas/${name}"`, "itself");
}

/** The guards of bodies, whose names come from those of their types. What comes and goes with its type is told with that. */
function guardChanges({ before, after }: Compared): Change[] {
  const typesOf = (model: Model): Set<string> => new Set(aliasesOf(model).map(({ name }) => name));
  const guardsOf = (model: Model): string[] => validatedBodies(model).map(({ type }) => type);
  const isKept = (type: string): boolean => typesOf(before).has(type) && typesOf(after).has(type);
  const [from, to] = [guardsOf(before), guardsOf(after)];
  const pointer = (type: string): string => pointerOf(["components", "schemas", type]);
  return [
    ...from
      .filter((type) => isKept(type) && !to.includes(type))
      .map((type) =>
        change(
          "major",
          pointer(type),
          `The guard \`is${type}\` is no longer exported.`,
          "No body has the type any more, and code that imports its guard no longer compiles.",
        ),
      ),
    ...to
      .filter((type) => isKept(type) && !from.includes(type))
      .map((type) =>
        change(
          "minor",
          pointer(type),
          `The guard \`is${type}\` is exported.`,
          "A body has the type, and a new name is new API.",
        ),
      ),
  ];
}

/** The components that openapi-typescript gives a name in the exported type `components`; schemas are exported themselves. */
const NAMED_COMPONENTS = ["responses", "parameters", "requestBodies", "headers", "pathItems"];

function componentChanges({ base, revision }: Compared): Change[] {
  return NAMED_COMPONENTS.flatMap((kind) => {
    const keysOf = ({ components }: Document): Keys =>
      Object.keys(components?.[kind] ?? {}).map((name) => ({ name, pointer: pointerOf(["components", kind, name]) }));
    return keyChanges(`components["${kind}"]`, keysOf(base), keysOf(revision));
  });
}

/** The names of deliveries in the exported type `operations`, which nothing else has. */
function operationKeyChanges({ base, revision }: Compared): Change[] {
  const keysOf = ({ webhooks }: Document): Keys =>
    Object.entries(webhooks ?? {}).flatMap(([key, item]) =>
      METHODS.flatMap((method) => {
        const name = item[method]?.operationId;
        return name === undefined ? [] : [{ name, pointer: pointerOf(["webhooks", key, method, "operationId"]) }];
      }),
    );
  return keyChanges("operations", keysOf(base), keysOf(revision));
}

/** The keys of an exported type, and where each comes from. */
type Keys = readonly { readonly name: string; readonly pointer: string }[];

function keyChanges(type: string, from: Keys, to: Keys): Change[] {
  const reason = `The type \`${type.replace(/\[.*/, "")}\` is exported, and names it so.`;
  const only = (keys: Keys, others: Keys): Keys =>
    keys.filter(({ name }) => !others.some((other) => other.name === name));
  return [
    ...only(from, to).map(({ name, pointer }) => change("major", pointer, `\`${type}["${name}"]\` is gone.`, reason)),
    ...only(to, from).map(({ name, pointer }) => change("minor", pointer, `\`${type}["${name}"]\` is new.`, reason)),
  ];
}
