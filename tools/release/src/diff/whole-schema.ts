import { type Document, openEnumName } from "@mindbridge-sdk/openapi";
import type { Rating } from "./change.ts";
import { schemaText } from "./describe.ts";
import { isEqual, isObject, type JsonObject } from "./json.ts";
import { isAnnotation, meaning, unwrap } from "./meaning.ts";

import type { SchemaPair } from "./schema-rules.ts";
import { ratingOfRead, ratingOfSent, type Shift } from "./shift.ts";

/** What has changed of a schema as a whole, whatever the keywords are that say so. */
export interface WholeChange {
  /** Continues the name of the schema. */
  readonly what: string;
  /** What it means where users write the value, and where they read it. Nothing where only its documentation is another. */
  readonly rate?: (isSent: boolean) => Rating;
}

/** Nothing where no single thing can be said of the schema as a whole. */
export function wholeChange(documents: readonly [Document, Document], pair: SchemaPair): WholeChange | undefined {
  const [before, after] = [meaning(pair.before), meaning(pair.after)];
  if (isEqual(before, after)) return { what: "is written in another way" };
  return opened(documents, pair) ?? alternatives(documents, pair, [before, after]);
}

/** A list of values becomes one that may grow, or the other way round. */
function opened(documents: readonly [Document, Document], { before, after }: SchemaPair): WholeChange | undefined {
  const [wasOpen, isOpen] = [openEnumName(documents[0], before), openEnumName(documents[1], after)].map(
    (name) => name !== undefined,
  );
  if (wasOpen === isOpen) return undefined;
  const other = wasOpen ? after : before;
  if (isAnyText(other)) {
    const lists = other.anyOf === undefined ? "lists values" : "refers to a list of values";
    return {
      what: `may be any text, and ${isOpen ? "now" : "no longer"} ${lists}`,
      rate: () => ({
        level: "minor",
        reason: "Any text was and is allowed; what changes is which values editors know.",
      }),
    };
  }
  return isOpen
    ? {
        what: "may now be a value that is not listed",
        rate: (isSent) =>
          isSent
            ? ratingOfSent("wider")
            : {
                level: "major",
                reason:
                  "A value may come that is not listed, and code that handles every listed one no longer compiles.",
              },
      }
    : {
        what: "may now only be one of the values that are listed",
        rate: (isSent) =>
          isSent
            ? ratingOfSent("narrower")
            : {
                level: "major",
                reason:
                  "The list is closed: a newer value of the server is refused, and code that compares with one no longer compiles.",
              },
      };
}

/** Whether a schema takes any text, though it may also list some. */
function isAnyText({ type, anyOf, ...rest }: JsonObject): boolean {
  if (Array.isArray(anyOf)) return anyOf.some((each) => isObject(each) && isAnyText(each));
  return String(type) === "string" && Object.keys(rest).every(isAnnotation);
}

/** A schema becomes one of several that are allowed, or the only one that is left. */
function alternatives(
  [base, revision]: readonly [Document, Document],
  { before, after }: SchemaPair,
  [own, now]: readonly [unknown, unknown],
): WholeChange | undefined {
  const isAmong = (schema: unknown, document: Document, choice: JsonObject): boolean =>
    membersOf(choice).some((each) => isEqual(meaning(unwrap(document, each)), schema));
  const rate =
    (shift: Shift) =>
    (isSent: boolean): Rating =>
      isSent ? ratingOfSent(shift) : ratingOfRead(shift, "typed");
  if (isAmong(own, revision, after)) return { what: `may now be ${list(membersOf(after))}`, rate: rate("wider") };
  return isAmong(now, base, before)
    ? { what: `may no longer be ${list(membersOf(before))}, but only one of them`, rate: rate("narrower") }
    : undefined;
}

function membersOf({ anyOf, oneOf }: JsonObject): unknown[] {
  return [anyOf, oneOf].flatMap((each) => (Array.isArray(each) ? (each as unknown[]) : []));
}

function list(schemas: readonly unknown[]): string {
  return schemas.map(schemaText).join(" or ");
}
