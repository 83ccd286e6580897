import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  isObject,
  JSON_MEDIA_TYPE,
  pointerOf,
  SCHEMA_MAPS,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { isDefault } from "./alternatives.ts";
import type { Change, Rating } from "./change.ts";
import { describeKeyword, sentence, wordsFor } from "./words.ts";

/** Keywords that only people read. */
const PROSE = new Set([
  "$comment",
  "bearerFormat",
  "contact",
  "description",
  "externalDocs",
  "license",
  "summary",
  "tags",
  "termsOfService",
  "title",
  "xml",
]);
/** Keywords below which nothing is read but by those who read the document itself. */
const PUBLISHED = new Set(["callbacks", "encoding", "jsonSchemaDialect", "links", "openapi"]);
/** Keywords below which the document gives names, such as those of fields: a field may be called `description`. */
const MAPS = new Set([
  ...SCHEMA_MAPS,
  "callbacks",
  "content",
  "dependentRequired",
  "encoding",
  "examples",
  "headers",
  "links",
  "mapping",
  "paths",
  "responses",
  "scopes",
  "variables",
  "webhooks",
]);
/** Keywords that hold data, which is compared as a whole. */
const DATA = new Set(["const", "default", "enum", "scopes", "security"]);

const READ: Rating = {
  level: "patch",
  reason: "It is published with the packages for people, mocks and tests, and nothing else changes.",
};
const EXTENSION: Rating = {
  level: "none",
  reason: "It says nothing by itself: where it shows in what is generated, that is compared.",
};
const VERSION: Rating = { level: "none", reason: "The release itself sets it." };
const REWRITTEN: Rating = { level: "patch", reason: "It means the same, and types may be written in another way." };

export interface Descriptions {
  readonly changes: readonly Change[];
  /** The first place, if any, that is written in another way, whatever that means. */
  readonly rewritten: Change | undefined;
}

/** What changes in what people read, wherever both documents have what it is about: descriptions, examples and extensions. */
export function compareDescriptions(base: Document, revision: Document): Descriptions {
  const changes: Change[] = [];
  let rewritten: Change | undefined;
  const tell = (rating: Rating, keys: readonly string[], keyword: string, what: string): void =>
    void changes.push(documented(rating, keys, keyword, what));
  const words = (keys: readonly string[]): string => wordsFor(revision, pointerOf(keys));

  visit(base, revision, []);
  return { changes, rewritten };

  function visit(before: object, after: object, keys: readonly string[]): void {
    const [from, to] = [before, after].map(plainReference) as [Record<string, unknown>, Record<string, unknown>];
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
      const [was, is] = [from, to].map((node) =>
        isDefault(key, node[key], node as SchemaObject) ? undefined : node[key],
      );
      if (!isDeepStrictEqual(was, is)) visitKey(was, is, keys, key);
    }
  }

  function visitKey(was: unknown, is: unknown, keys: readonly string[], key: string): void {
    const at = [...keys, key];
    const isName = holdsNames(keys);
    const isNode = [was, is].every((each) => typeof each === "object" && each !== null);
    if (key.startsWith("x-") && (!isName || ["paths", "responses"].includes(keys.at(-1) ?? ""))) {
      // The pattern of a variable is told with the server.
      if (key !== "x-pattern") tell(EXTENSION, at, key, `\`${key}\` of ${words(keys)} ${change(was, is)}.`);
    } else if (isName && isNode) visit(was as object, is as object, at);
    else if (isName) rewrite(at);
    else if (key === "version" && keys.join() === "info") tell(VERSION, at, key, "The version has changed.");
    else if (key === "example" || (key === "examples" && keys.join() !== "components") || key === "value")
      visitExamples(was, is, keys, key);
    else if (key === "tags" && keys.length === 0 && isNode) visit(was as object, is as object, at);
    else if (PROSE.has(key) || (key === "default" && keys[0] === "servers"))
      tell(READ, keys, key, `The documentation of ${words(keys)} has changed.`);
    else if (PUBLISHED.has(key))
      tell(
        READ,
        at,
        key,
        keys.length === 0 ? describeKeyword("the document", key, was, is) : `\`${key}\` of ${words(keys)} has changed.`,
      );
    else if (isNode && !DATA.has(key)) visit(was as object, is as object, at);
    else if (key !== "scopes") rewrite(at);
  }

  /** Examples of JSON bodies have names in the code of users: which there are is told with the bodies. */
  function visitExamples(was: unknown, is: unknown, keys: readonly string[], key: string): void {
    const isNamed = keys.at(-1) === JSON_MEDIA_TYPE && keys.at(-2) === "content";
    const [from, to] = [was, is].map((each) => (key === "examples" && isObject(each) ? each : { "": each })) as [
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
      const [old, now] = [from[name], to[name]];
      if (isDeepStrictEqual(old, now) || (isNamed && (old === undefined || now === undefined))) continue;
      const example =
        key === "value" ? words(keys) : `the example${name === "" ? "" : ` \`${name}\``} of ${words(keys)}`;
      tell(READ, name === "" ? [...keys, key] : [...keys, key, name], key, `${example} ${change(old, now)}.`);
    }
  }

  function rewrite(keys: readonly string[]): void {
    rewritten ??= documented(REWRITTEN, keys, keys.at(-1) ?? "", `${words(keys)} is written in another way.`);
  }
}

function documented(rating: Rating, keys: readonly string[], keyword: string, what: string): Change {
  return {
    ...rating,
    directions: ["documentation"],
    operations: [],
    pointer: pointerOf(keys),
    keyword,
    what: sentence(what),
  };
}

function change(from: unknown, to: unknown): string {
  return from === undefined ? "is new" : to === undefined ? "is gone" : "has changed";
}

/** Whether the keys of what these keys lead to are names that the document gives. */
function holdsNames(keys: readonly string[]): boolean {
  let holds = false;
  for (const [index, key] of keys.entries())
    holds = !holds && (MAPS.has(key) || (index === 1 && keys[0] === "components"));
  return holds;
}

/** What may stand beside the only member of an `allOf` without changing what it allows. */
const REMARKS = new Set(["default", "deprecated", "description", "readOnly", "title", "writeOnly"]);

/** A `$ref` that stands alone in an `allOf`, to be remarked on, without the `allOf`. */
function plainReference(node: object): object {
  const { allOf, ...rest } = node as SchemaObject;
  const [only, another] = Array.isArray(allOf) ? allOf : [];
  const isRemarkedOn = Object.keys(rest).every((key) => REMARKS.has(key));
  return isObject(only) && typeof only.$ref === "string" && another === undefined && isRemarkedOn
    ? { ...only, ...rest }
    : node;
}
