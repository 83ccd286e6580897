import { isDeepStrictEqual } from "node:util";
import { isJson, isObject, pointerOf, SCHEMA_MAPS, type SchemaObject } from "@mindbridge-sdk/openapi";
import type { Change, Level } from "./change.ts";
import { isDefault } from "./keywords.ts";
import { nameAt, tellSentence, type Walk } from "./walk.ts";
import { describeKeyword } from "./words.ts";

const list = (text: string): readonly string[] => text.split(" ");

/** Keywords that only people read. */
const PROSE = new Set(
  list("$comment bearerFormat contact description externalDocs license summary tags termsOfService title xml"),
);
/** Keywords below which nothing is read but by those who read the document itself. */
const PUBLISHED = new Set(list("callbacks encoding jsonSchemaDialect links openapi"));
/** Keywords below which the document gives names, such as those of fields: a field may be called `description`. */
const MAPS = new Set([
  ...SCHEMA_MAPS,
  ...list(
    "callbacks content dependentRequired encoding examples headers links mapping paths responses scopes variables webhooks",
  ),
]);
/** Keywords that hold data, which is compared as a whole. */
const DATA = new Set(list("const default enum scopes security"));

type Node = Readonly<Record<string, unknown>>;

/**
 * What changes in what people read, wherever both documents have what it is about: descriptions, examples and extensions. Also the
 * first place, if any, that is written in another way, whatever that means.
 */
export function compareDescriptions(around: Walk): {
  readonly changes: Change[];
  readonly rewritten: Change | undefined;
} {
  const walk: Walk = { ...around, direction: "documentation" };
  const changes: Change[] = [];
  let rewritten: Change | undefined;
  visit(walk.base as Node, walk.revision as Node, []);
  return { changes, rewritten };

  function visit(before: Node, after: Node, keys: readonly string[]): void {
    const [from, to] = [plainReference(before), plainReference(after)];
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
      const [was, is] = [from, to].map((node) => (isDefault(key, node[key], node) ? undefined : node[key]));
      if (!isDeepStrictEqual(was, is)) visitKey(was, is, keys, key);
    }
  }

  function visitKey(was: unknown, is: unknown, keys: readonly string[], key: string): void {
    const at = [...keys, key];
    const name = nameAt(walk, pointerOf(keys));
    const isName = holdsNames(keys);
    const isNode = [was, is].every((each) => typeof each === "object" && each !== null);
    if (key.startsWith("x-") && (!isName || ["paths", "responses"].includes(keys.at(-1) ?? ""))) {
      // These are told with what they stand in. Any other extension is compared where it shows in what is generated.
      if (!["x-pattern", "x-pagination", "x-safe"].includes(key))
        tell("none", at, key, `\`${key}\` of ${name} ${fate(was, is)}.`);
    } else if (isName && isNode) visit(was as Node, is as Node, at);
    else if (isName) rewrite(at);
    else if (key === "version" && keys.join() === "info") tell("none", at, key, "the version has changed.");
    else if (key === "example" || key === "value" || (key === "examples" && keys.join() !== "components"))
      visitExamples(was, is, keys, key);
    else if (key === "tags" && keys.length === 0 && isNode) visit(was as Node, is as Node, at);
    else if (keys.join() === "tags" && !isNode)
      tell("patch", at, "tags", `${nameAt(walk, pointerOf(at))} ${fate(was, is)}.`);
    else if (PROSE.has(key) || (key === "default" && keys[0] === "servers"))
      tell("patch", keys, key, `the documentation of ${name} has changed.`);
    else if (PUBLISHED.has(key) && keys.length === 0) tell("patch", at, key, describeKeyword(name, key, was, is));
    else if (PUBLISHED.has(key)) tell("patch", at, key, `\`${key}\` of ${name} has changed.`);
    else if (isNode && !DATA.has(key)) visit(was as Node, is as Node, at);
    else if (key !== "scopes") rewrite(at);
  }

  /** Examples of JSON bodies have names in the code of users: which there are is told with the bodies. */
  function visitExamples(was: unknown, is: unknown, keys: readonly string[], key: string): void {
    const isNamed = isJson(keys.at(-1) ?? "") && keys.at(-2) === "content";
    const owner = nameAt(walk, pointerOf(keys));
    const [from, to] = [was, is].map((each) => (key === "examples" && isObject(each) ? each : { "": each })) as [
      Node,
      Node,
    ];
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
      const [old, now] = [from[name], to[name]];
      if (isDeepStrictEqual(old, now) || (isNamed && (old === undefined || now === undefined))) continue;
      const example = key === "value" ? owner : `the example${name === "" ? "" : ` \`${name}\``} of ${owner}`;
      tell("patch", [...keys, key, ...(name === "" ? [] : [name])], key, `${example} ${fate(old, now)}.`);
    }
  }

  function rewrite(keys: readonly string[]): void {
    const pointer = pointerOf(keys);
    const text = `${nameAt(walk, pointer)} is written in another way.`;
    rewritten ??= tellSentence(walk, "patch", pointer, keys.at(-1) ?? "", text);
  }

  function tell(level: Level, keys: readonly string[], keyword: string, text: string): void {
    changes.push(tellSentence(walk, level, pointerOf(keys), keyword, text));
  }
}

function fate(was: unknown, is: unknown): string {
  return was === undefined ? "is new" : is === undefined ? "is gone" : "has changed";
}

/** Whether the keys of what these keys lead to are names that the document gives. */
function holdsNames(keys: readonly string[]): boolean {
  let holds = false;
  for (const [index, key] of keys.entries())
    holds = !holds && (MAPS.has(key) || (index === 1 && keys[0] === "components"));
  return holds;
}

/** What may stand beside the only member of an `allOf` without changing what it allows. */
const REMARKS = new Set(list("default deprecated description readOnly title writeOnly"));

/** A `$ref` that stands alone in an `allOf`, to be remarked on, without the `allOf`. */
function plainReference(node: Node): Node {
  const { allOf, ...rest } = node as SchemaObject;
  const [only, another] = Array.isArray(allOf) ? allOf : [];
  const isRemarkedOn = Object.keys(rest).every((key) => REMARKS.has(key));
  return isObject(only) && typeof only.$ref === "string" && another === undefined && isRemarkedOn
    ? { ...only, ...rest }
    : node;
}
