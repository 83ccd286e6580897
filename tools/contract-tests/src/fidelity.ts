import { DEPARTURES, type Departure } from "./departures.ts";
import { describe } from "./describe.ts";
import type { Document } from "./document.ts";
import { FACTS } from "./facts.ts";
import { deliveriesOf, operationsOf } from "./operations.ts";

/**
 * Compares a document with the published facts and the deliberate departures from them.
 *
 * Operations and deliveries that the facts do not know are left alone.
 *
 * @returns One line for each difference, with its place; none if there is none.
 */
export function differencesFromFacts(
  document: Document,
  facts: Document = FACTS,
  departures: readonly Departure[] = DEPARTURES,
): string[] {
  const known = [
    "server",
    ...operationsOf(facts).map(({ id }) => id),
    ...deliveriesOf(facts).map(({ name }) => `delivery ${name}`),
  ];
  const isKnown = (place: string): boolean => known.includes(place.split(" › ", 1).join());
  const found = describe(document);
  const published = describe(facts);

  const stale = departures.flatMap(({ place, published: before, ours }) => {
    if (published.get(place) !== before) {
      return [
        `${place}: the departure takes ${before ?? "nothing"} for published, the facts say ${published.get(place) ?? "nothing"}`,
      ];
    }
    return before === ours ? [`${place}: the departure is none, since the facts say the same`] : [];
  });

  const expected = new Map(published);
  for (const { place, ours } of departures) expected.set(place, ours);
  const places = new Set([...expected.keys(), ...[...found.keys()].filter(isKnown)]);
  const different = [...places].flatMap((place) => {
    const [is, due] = [found.get(place), expected.get(place)];
    return is === due ? [] : [`${place}: the document has ${is ?? "nothing"}, but ${due ?? "nothing"} is due`];
  });
  return [...stale, ...different];
}
