import { exportsOf, flagsOf, kebabCase, type Model, readModel, validatedBodies } from "@mindbridge-sdk/generator";
import { canonicalJson, type Document, deliveriesOf, pointerOf } from "@mindbridge-sdk/openapi";
import type { Change, Rating } from "./change.ts";
import { sentence } from "./words.ts";

/** What changes of the names that users write: those that they import, and the keys of exported types. */
export function compareNames(base: Document, revision: Document): Change[] {
  const [before, after] = [readModel(base), readModel(revision)];
  return [
    ...compareExports(base, revision, exportsOf(before), exportsOf(after)),
    ...compareGuards(before, after),
    ...COMPONENTS.flatMap((kind) =>
      compareKeys(`components["${kind}"]`, componentsOf(base, kind), componentsOf(revision, kind)),
    ),
    ...compareKeys("operations", deliveryIds(base), deliveryIds(revision)),
  ];
}

interface Named {
  readonly name: string;
  readonly pointer: string;
}

function nameChange(rating: Rating, pointer: string, keyword: string, what: string): Change {
  return { ...rating, directions: ["name"], operations: [], pointer, keyword, what: sentence(what) };
}

const only = <T extends Named>(names: readonly T[], others: readonly Named[]): T[] =>
  names.filter(({ name }) => !others.some((other) => other.name === name));

const GONE: Rating = { level: "major", reason: "Code that imports the name no longer compiles." };
const NEW: Rating = { level: "minor", reason: "A new name is new API." };

function compareExports(
  base: Document,
  revision: Document,
  before: readonly Named[],
  after: readonly Named[],
): Change[] {
  const added = only(after, before);
  const gone = only(before, after).map(({ name, pointer }) => {
    const heir = added.findIndex((each) => isSameSchema(base, name, revision, each.name));
    if (heir === -1) return nameChange(GONE, pointer, "components", `\`${name}\` is no longer exported.`);
    const [{ name: now, pointer: at }] = added.splice(heir, 1) as [Named];
    return nameChange(GONE, at, "components", `\`${name}\` is now called \`${now}\`.`);
  });
  return [
    ...gone,
    ...added.map(({ name, pointer }) => nameChange(NEW, pointer, "components", `\`${name}\` is exported.`)),
  ];
}

/** Whether two schemas are the same but for their names, though they may refer to themselves. */
function isSameSchema(base: Document, was: string, revision: Document, is: string): boolean {
  const [from, to] = [base.components?.schemas?.[was], revision.components?.schemas?.[is]];
  const text = (schema: unknown, name: string): string =>
    canonicalJson(schema).replaceAll(`"#/components/schemas/${name}"`, "itself");
  return from !== undefined && to !== undefined && text(from, was) === text(to, is);
}

/** The guards of bodies, which are called after their types. One that comes or goes with its type is told with that. */
function compareGuards(before: Model, after: Model): Change[] {
  const types = (model: Model): Set<string> => new Set(exportsOf(model).map(({ name }) => name));
  const kept = types(before).intersection(types(after));
  const guards = (model: Model): Named[] =>
    validatedBodies(model)
      .filter(({ type }) => kept.has(type))
      .map(({ type }) => ({ name: `is${type}`, pointer: pointerOf(["components", "schemas", type]) }));
  const [from, to] = [guards(before), guards(after)];
  return [
    ...only(from, to).map(({ name, pointer }) =>
      nameChange(GONE, pointer, "components", `the guard \`${name}\` is no longer exported.`),
    ),
    ...only(to, from).map(({ name, pointer }) =>
      nameChange(NEW, pointer, "components", `the guard \`${name}\` is exported.`),
    ),
  ];
}

/** The components that have a name in the exported type `components`. Schemas are exported for themselves. */
const COMPONENTS = ["responses", "parameters", "requestBodies", "headers", "pathItems"];

function componentsOf({ components }: Document, kind: string): Named[] {
  return Object.keys(components?.[kind] ?? {}).map((name) => ({
    name,
    pointer: pointerOf(["components", kind, name]),
  }));
}

/** The names of deliveries in the exported type `operations`, which nothing else has. */
function deliveryIds(document: Document): Named[] {
  return deliveriesOf(document).flatMap(({ object: { operationId }, pointer }) =>
    operationId === undefined ? [] : [{ name: operationId, pointer: `${pointer}/operationId` }],
  );
}

function compareKeys(type: string, before: readonly Named[], after: readonly Named[]): Change[] {
  const reason = `The type \`${type.replace(/\[.*/, "")}\` is exported, and names it so.`;
  const told = (level: "major" | "minor", { name, pointer }: Named, now: string): Change =>
    nameChange({ level, reason }, pointer, "components", `\`${type}["${name}"]\` is ${now}.`);
  return [
    ...only(before, after).map((each) => told("major", each, "gone")),
    ...only(after, before).map((each) => told("minor", each, "new")),
  ];
}

type Flag = ReturnType<typeof flagsOf>[number];

/** The options of the command line. One that breaks with its field or its parameter is told with that. */
export function compareFlags(base: Document, revision: Document, told: readonly Change[]): Change[] {
  const [before, after] = [readModel(base).operations, readModel(revision).operations];
  return before.flatMap((old) => {
    const now = after.find(({ id }) => id === old.id);
    if (now === undefined) return [];
    const flags = flagsOf(revision, now);
    const isBroken = ({ name }: Flag): boolean =>
      told.some(
        ({ level, operations, what }) => level === "major" && operations.includes(now.id) && what.includes(`${name}\``),
      );
    return flagsOf(base, old).flatMap((flag): Change[] => {
      const what = whatBreaks(flag, flags);
      if (what === undefined || isBroken(flag)) return [];
      return [
        {
          level: "major",
          reason: "A command line that gives it is refused, or sends something else.",
          directions: ["request"],
          operations: [now.id],
          pointer: pointerOf(["paths", now.path, now.method.toLowerCase()]),
          keyword: "command",
          what: `On the command line, ${what} of \`${kebabCase(now.resource)} ${kebabCase(now.name)}\`.`,
        },
      ];
    });
  });
}

/** What becomes of a command line that has the option; nothing where it goes on as it did. */
function whatBreaks(was: Flag, flags: readonly Flag[]): string | undefined {
  const now = flags.find(({ flag }) => flag === was.flag);
  const heir = flags.find((each) => each.in === was.in && each.name === was.name);
  if (heir !== undefined && heir.flag !== was.flag) {
    return `\`${was.flag}\` is now called \`${heir.flag}\`${now === undefined ? "" : `, and \`${was.flag}\` is \`${now.name}\``}`;
  }
  if (now === undefined || heir === undefined) return undefined;
  if (was.list !== now.list) return `\`${was.flag}\` is ${now.list ? "now" : "no longer"} a list`;
  return was.type === now.type || isReadAlike(was, now) ? undefined : `\`${was.flag}\` is now read as ${now.type}`;
}

/** Whether what was read as one type is read as a value of it now. */
function isReadAlike(was: Flag, now: Flag): boolean {
  if (now.type === "any" || (was.type === "integer" && now.type === "number")) return true;
  return now.type === "json" && was.type !== "string" && was.type !== "any";
}
