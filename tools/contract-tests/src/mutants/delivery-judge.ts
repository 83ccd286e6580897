import { withAdditions } from "../additions.ts";
import { brokenDeliveries, type CheckableDelivery, checkableDeliveries } from "../deliveries.ts";
import type { Document } from "../document.ts";
import { formatPath } from "../place.ts";
import type { Violation } from "../validator.ts";

/**
 * Holds the deliveries of two documents against each other: whatever one sends or refuses, the other must accept or
 * refuse. Prism serves no `webhooks`, so that this is done by their schemas.
 *
 * @returns The first that differs, in words; `undefined` where none does.
 */
export function deliveryDifference(original: Document, mutant: Document): string | undefined {
  const theirs = checkableDeliveries(mutant);
  for (const one of checkableDeliveries(original)) {
    const { name, httpMethod } = one.delivery;
    const other = theirs.find(({ delivery }) => delivery.name === name);
    if (other === undefined) return `delivery ${name}: it is not there`;
    if (other.delivery.httpMethod !== httpMethod) return `delivery ${name}: it is no ${httpMethod.toUpperCase()}`;
    for (const difference of differences(original, one, other)) return difference;
    for (const difference of differences(mutant, other, one)) return difference;
  }
  return undefined;
}

/** What `one` sends, or refuses, and `other` does not accept, or refuse. */
function* differences(document: Document, one: CheckableDelivery, other: CheckableDelivery): Generator<string> {
  const place = `delivery ${one.delivery.name}`;
  for (const body of one.bodies) {
    const newer = withAdditions(document, one.schema, body).value;
    for (const value of [body, newer]) {
      for (const violation of other.validate(other.schema, value)) yield `${place} › body › ${asText(violation)}`;
    }
  }
  for (const violation of other.headers.problems(one.headers.sent)) yield `${place} › header ${asText(violation)}`;

  const { body, headers } = brokenDeliveries(document, one);
  for (const { name, value, location, code } of body.broken) {
    if (!isFound(other.validate(other.schema, value), location, code)) yield `${place} › body › ${name} is let through`;
  }
  for (const { name, value, location, code } of headers.broken) {
    if (!isFound(other.headers.problems(value), location, code)) yield `${place} › header ${name} is let through`;
  }
}

function isFound(violations: readonly Violation[], location: readonly string[], code: string): boolean {
  return violations.some((each) => each.code === code && formatPath(each.location) === formatPath(location));
}

function asText({ location, message }: Violation): string {
  return `${formatPath(location)}: ${message}`;
}
