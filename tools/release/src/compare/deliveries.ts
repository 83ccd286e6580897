import { type Delivery, type Document, deliveriesOf } from "@mindbridge-sdk/openapi";
import type { Change, Rating } from "./change.ts";
import { compareExamples, compareExchange, contextOf, examplesIn, jsonBodyOf, schemaIn } from "./exchanges.ts";
import { compareWhole, type Documents, pointersOfField } from "./schemas.ts";
import { sentence } from "./words.ts";

/** What changes of which deliveries there are, of where each stands, and of what comes with it. */
export function compareDeliveries(documents: Documents): Change[] {
  const [before, after] = [deliveriesOf(documents.base), deliveriesOf(documents.revision)];
  return [
    ...compareTypes(documents, before, after),
    ...compareKeys(before, after),
    ...compareExampleKeys(documents, before, after),
    ...before.flatMap((old) => {
      const now = counterpart(old, after);
      return now ? compareDelivery(documents, old, now) : [];
    }),
  ];
}

/** The delivery under the same key, and by the same method if there is one. */
function counterpart({ name, method }: Delivery, others: readonly Delivery[]): Delivery | undefined {
  const same = others.filter((each) => each.name === name);
  return same.find((each) => each.method === method) ?? same[0];
}

function deliveryChange(
  rating: Rating,
  direction: "delivery" | "name",
  { name, pointer }: Delivery,
  what: string,
  type = name,
): Change {
  return { ...rating, directions: [direction], operations: [type], pointer, keyword: "webhooks", what: sentence(what) };
}

function compareDelivery(documents: Documents, before: Delivery, after: Delivery): Change[] {
  const { name, method, types } = after;
  const rating: Rating = { level: "major", reason: "A receiver listens to one method." };
  const moved = deliveryChange(
    rating,
    "delivery",
    after,
    `the delivery \`${name}\` comes by \`${method.toUpperCase()}\`.`,
  );
  // The types of a delivery are told with the types.
  const typePlaces = new Set([...typePointers(documents.base, before), ...typePointers(documents.revision, after)]);
  const changes = compareExchange(documents, before, after, types[0] ?? name);
  return [
    ...(before.method === method ? [] : [moved]),
    ...changes.filter(({ keyword, pointer }) => keyword !== "enum" || !typePlaces.has(pointer)),
  ];
}

function typePointers(document: Document, delivery: Delivery): string[] {
  return delivery.types.length === 0 ? [] : pointersOfField(document, bodySchemas(document, delivery), "type");
}

const bodySchemas = (document: Document, { pointer }: Delivery) => schemaIn(jsonBodyOf(document, pointer));

/** The types of delivery: those that are new or gone, and those that have another body because they moved to another key. */
function compareTypes(documents: Documents, before: readonly Delivery[], after: readonly Delivery[]): Change[] {
  const [from, to] = [before, after].map(
    (all) => new Map(all.flatMap((each) => each.types.map((type) => [type, each] as const))),
  );
  return [
    ...[...(from ?? [])].flatMap(([type, delivery]): Change[] => {
      const now = to?.get(type);
      if (now === undefined)
        return [deliveryChange(UNHANDLED, "delivery", delivery, `the delivery \`${type}\` is gone.`, type)];
      if (delivery.name === now.name || hasSameBody(documents, delivery, now)) return [];
      return [
        {
          ...deliveryChange(OTHER_BODY, "delivery", now, `the body of the delivery \`${type}\` is another one.`, type),
          keyword: "requestBody",
        },
      ];
    }),
    ...[...(to ?? [])].flatMap(([type, delivery]) =>
      from?.has(type) ? [] : [deliveryChange(UNLISTED, "delivery", delivery, `the delivery \`${type}\` is new.`, type)],
    ),
  ];
}

const UNHANDLED: Rating = { level: "major", reason: "Code that handles it no longer compiles." };
const UNLISTED: Rating = { level: "minor", reason: "Until now it arrived as one that is not listed." };
const OTHER_BODY: Rating = {
  level: "major",
  reason: "Code that handles it no longer compiles, or finds something else there.",
};

/** Whether two bodies hold the same, but for their type. */
function hasSameBody(documents: Documents, before: Delivery, after: Delivery): boolean {
  const context = { ...contextOf(documents, "delivery", undefined), met: new Set<string>() };
  const types = new Set([...typePointers(documents.base, before), ...typePointers(documents.revision, after)]);
  const [from, to] = [bodySchemas(documents.base, before), bodySchemas(documents.revision, after)];
  return compareWhole(context, from, to, after.pointer).every(({ pointer }) => types.has(pointer));
}

/** The keys of the exported type \`webhooks\`. */
function compareKeys(before: readonly Delivery[], after: readonly Delivery[]): Change[] {
  const gone: Rating = { level: "major", reason: "The type `webhooks` is exported, and names it so." };
  const isListed = ({ name }: Delivery, others: readonly Delivery[]): boolean =>
    others.some((each) => each.name === name);
  const told = (rating: Rating, direction: "delivery" | "name", each: Delivery, now: string): Change =>
    deliveryChange(rating, direction, each, `\`webhooks["${each.name}"]\` is ${now}.`);
  return [
    ...before.filter((each) => !isListed(each, after)).map((each) => told(gone, "delivery", each, "gone")),
    ...after
      .filter((each) => !isListed(each, before))
      .map((each) => told({ ...gone, level: "minor" }, "name", each, "new")),
  ];
}

/** The names of the examples of deliveries. The constants have them by the first type of each delivery. */
function compareExampleKeys(documents: Documents, before: readonly Delivery[], after: readonly Delivery[]): Change[] {
  const examplesBy = (document: Document, all: readonly Delivery[]) =>
    all
      .map((each) => ({ each, media: jsonBodyOf(document, each.pointer) }))
      .filter(({ media }) => examplesIn(document, media).size > 0);
  const [from, to] = [examplesBy(documents.base, before), examplesBy(documents.revision, after)];
  const reason =
    "The constants of examples are typed by the first type of each delivery, and code that uses them no longer compiles.";
  return from.flatMap(
    ({
      each: {
        types: [key = ""],
      },
      media,
    }): readonly Change[] => {
      const now = after.find(({ types }) => types.includes(key));
      if (now === undefined) return [];
      const [first = ""] = now.types;
      if (first === key)
        return compareExamples(contextOf(documents, "name", key), media, jsonBodyOf(documents.revision, now.pointer));
      const isReplaced = to.some(({ each }) => each.types[0] === key);
      const what = `the examples of the delivery \`${key}\` are now those of \`${first}\`, its first type.`;
      return isReplaced ? [] : [deliveryChange({ level: "major", reason }, "name", now, what, key)];
    },
  );
}
