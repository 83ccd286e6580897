import type { Model } from "@mindbridge-sdk/generator";
import { JSON_MEDIA_TYPE } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { canonical, holdsNames, isEqual, keysOf, pointerOf } from "./json.ts";
import { placeName } from "./place.ts";
import { documented } from "./rated.ts";
import { scatteredChanges } from "./scattered.ts";

/** What has changed of the examples: of their names, which are typed in the constants of examples, and of the examples themselves. */
export function exampleChanges(compared: Compared): Change[] {
  return [...nameChanges(compared), ...keyChanges(compared), ...valueChanges(compared)];
}

/** The examples of one body, as the constants have them. */
interface Examples {
  readonly part: string;
  /** The operation, or the type of the delivery. */
  readonly operation: string;
  readonly pointer: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

function examplesOf({ operations, deliveries }: Model): Examples[] {
  return [
    ...operations.flatMap(({ id, path, method, body, responses }) => {
      const at = ["paths", path, method.toLowerCase()];
      return [
        ...(body
          ? [{ part: "the body", operation: id, pointer: pointerOf([...at, "requestBody"]), examples: body.examples }]
          : []),
        ...responses
          .filter(({ type }) => type !== undefined)
          .map(({ status, examples }) => ({
            part: `the response ${status}`,
            operation: id,
            pointer: pointerOf([...at, "responses", status]),
            examples,
          })),
      ];
    }),
    ...deliveries.map(({ types: [type = ""], examples }) => ({
      part: "the body",
      operation: type,
      pointer: pointerOf(["webhooks"]),
      examples,
    })),
  ];
}

/** One example that has come, gone, or another name, in one body. */
interface Renaming {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly at: Examples;
}

function nameChanges({ before, after }: Compared): Change[] {
  const old = examplesOf(before);
  const found = examplesOf(after).flatMap((at): Renaming[] => {
    const was = old.find(({ part, operation }) => part === at.part && operation === at.operation);
    return was === undefined ? [] : renamings(was, at);
  });
  // A shared response has its examples in many operations, and is told once.
  const shared = Map.groupBy(found, ({ from, to, at }) => canonical([from, to, at.part]));
  return [...shared.values()].flatMap(([first, ...others]) => (first === undefined ? [] : toldOf(first, others)));
}

/** The examples of a delivery are under its first type, which may be another one though the type itself is still there. */
function keyChanges({ before, after }: Compared): Change[] {
  const keyOf = ({ types: [first = ""], examples }: Model["deliveries"][number]): string[] =>
    Object.keys(examples).length > 0 ? [first] : [];
  const keys = new Set(after.deliveries.flatMap(keyOf));
  return before.deliveries.flatMap(keyOf).flatMap((key): Change[] => {
    const now = after.deliveries.find(({ types }) => types.includes(key));
    const [heir] = now === undefined || keys.has(key) ? [] : keyOf(now);
    if (heir === undefined) return [];
    return [
      {
        level: "major",
        directions: ["name"],
        operations: [key],
        pointer: pointerOf(["webhooks"]),
        what: `The examples of the delivery \`${key}\` are now those of \`${heir}\`, its first type.`,
        reason:
          "The constants of examples are typed by the first type of each delivery, and code that uses them no longer compiles.",
      },
    ];
  });
}

function renamings(was: Examples, at: Examples): Renaming[] {
  const gone = Object.entries(was.examples).filter(([name]) => !Object.hasOwn(at.examples, name));
  const added = new Map(Object.entries(at.examples).filter(([name]) => !Object.hasOwn(was.examples, name)));
  const left = gone.map(([from, value]): Renaming => {
    const [to] = [...added].find(([, each]) => isEqual(each, value)) ?? [];
    if (to !== undefined) added.delete(to);
    return { from, to, at };
  });
  return [...left, ...[...added.keys()].map((to): Renaming => ({ from: undefined, to, at }))];
}

function toldOf({ from, to, at }: Renaming, others: readonly Renaming[]): Change {
  const operations = [at, ...others.map((each) => each.at)].map(({ operation }) => operation);
  const where = operations.length === 1 ? `${at.part} of \`${at.operation}\`` : at.part;
  const now = from === undefined ? "is new" : to === undefined ? "is gone" : `is now called \`${to}\``;
  return {
    level: from === undefined ? "minor" : "major",
    directions: ["name"],
    operations,
    pointer: at.pointer,
    what: `The example \`${from ?? to ?? ""}\` of ${where} ${now}.`,
    reason:
      from === undefined
        ? "The constants of examples have a new name, which is new API."
        : "The constants of examples are typed by their names, and code that uses one no longer compiles.",
  };
}

function valueChanges({ base, revision }: Compared): Change[] {
  const isWanted = (key: string, keys: readonly string[]): boolean =>
    (key === "example" || key === "examples") && !holdsNames(keys);
  return scatteredChanges(base, revision, isWanted)
    .filter(({ pointer, kind }) => kind === "another" || !isTyped(keysOf(pointer)))
    .map(({ pointer, kind }) => {
      const keys = keysOf(pointer);
      const last = keys.lastIndexOf(keys.at(-1) === "example" ? "example" : "examples");
      const name = keys[last] === "examples" && keys.length > last + 1 ? ` \`${keys.at(-1) ?? ""}\`` : "";
      const of =
        last === 1 ? "" : ` of ${placeName(kind === "gone" ? base : revision, pointerOf(keys.slice(0, last)), [])}`;
      const what = `The example${name}${of} ${kind === "another" ? "has changed" : `is ${kind}`}.`;
      return documented(pointer, what, {
        level: "patch",
        reason: "Examples are published with the packages: for people, for mocks and for tests.",
      });
    });
}

/** Whether it is among those that have a name in the constants. */
function isTyped(keys: readonly string[]): boolean {
  const last = keys.at(-1) === "example" ? keys.length - 1 : keys.length - 2;
  return keys[last - 1] === JSON_MEDIA_TYPE && keys[last - 2] === "content";
}
