import { type Document, deliveriesOf, operationsOf } from "@mindbridge-sdk/openapi";
import { describe } from "./describe.ts";
import { MISMATCHES, type Mismatch } from "./mismatches.ts";
import { REFERENCE } from "./reference.ts";

/**
 * Compares a document with the reference and the deliberate mismatches. It leaves out operations and deliveries that the
 * reference does not have.
 *
 * @returns A line for each difference, with its place.
 */
export function differencesFromReference(
  document: Document,
  reference: Document = REFERENCE,
  mismatches: readonly Mismatch[] = MISMATCHES,
): string[] {
  const known = [
    "server",
    ...operationsOf(reference).map(({ id }) => id),
    ...deliveriesOf(reference).map(({ name }) => `delivery ${name}`),
  ];
  const isKnown = (place: string): boolean => known.includes(place.split(" › ", 1).join());
  const found = describe(document);
  const published = describe(reference);

  const stale = mismatches.flatMap(({ place, published: before, ours }) => {
    if (published.get(place) !== before) {
      return [
        `${place}: the mismatch says that ${before ?? "nothing"} is published, the reference has ${published.get(place) ?? "nothing"}`,
      ];
    }
    return before === ours ? [`${place}: this is no mismatch, since the reference says the same`] : [];
  });

  const expected = new Map(published);
  for (const { place, ours } of mismatches) expected.set(place, ours);
  const places = new Set([...expected.keys(), ...[...found.keys()].filter(isKnown)]);
  const different = [...places].flatMap((place) => {
    const [is, due] = [found.get(place), expected.get(place)];
    return is === due ? [] : [`${place}: the document has ${is ?? "nothing"}, not ${due ?? "nothing"}`];
  });
  return [...stale, ...different];
}
