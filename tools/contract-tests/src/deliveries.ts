import { breakEach, type Constraints } from "./constraints.ts";
import type { Document } from "./document.ts";
import { type Delivery, deliveriesOf, examplesOf, jsonContent } from "./operations.ts";
import { ParameterSet } from "./parameters.ts";
import { formatPath } from "./place.ts";
import { samples } from "./sample.ts";
import type { Schema } from "./schema.ts";
import { createValidator, type Validate } from "./validator.ts";

// Prism serves no `webhooks`, so that what is said of deliveries is held against a validator directly.

/** A delivery together with what it takes to check bodies and headers of it. */
export interface CheckableDelivery {
  readonly delivery: Delivery;
  readonly schema: Schema;
  readonly validate: Validate;
  /** The examples of the body, then some that are made up, with every optional property. */
  readonly bodies: readonly unknown[];
  readonly headers: ParameterSet;
}

/** Every delivery of the document, ready to be checked. */
export function checkableDeliveries(document: Document): CheckableDelivery[] {
  const validate = createValidator(document, { coerce: false });
  return deliveriesOf(document).map((delivery) => {
    const json = jsonContent(delivery.requestBody?.content) ?? {};
    const schema = json.schema ?? true;
    const bodies = [...examplesOf(json).map(({ value }) => value), ...samples(document, schema, validate, 4)];
    const of = { id: `delivery ${delivery.name}`, parameters: delivery.parameters };
    return { delivery, schema, validate, bodies, headers: new ParameterSet(document, of, "header") };
  });
}

/** Every constraint of a delivery's body and headers, broken one at a time. */
export function brokenDeliveries(
  document: Document,
  { schema, validate, bodies, headers }: CheckableDelivery,
): {
  readonly body: Constraints;
  readonly headers: Constraints;
} {
  return { body: breakEach({ document, schema, bases: bodies, validate }), headers: headers.breakEach() };
}

/**
 * Finds examples of deliveries that are not what the document says of them.
 *
 * @returns One line for each thing that is wrong, with its place; none if every example is valid.
 */
export function deliveryProblems(document: Document): string[] {
  return checkableDeliveries(document).flatMap(({ delivery, schema, validate, bodies, headers }) => [
    ...bodies.flatMap((body) =>
      validate(schema, body).map(
        ({ location, message }) => `delivery ${delivery.name} › body › ${formatPath(location)}: ${message}`,
      ),
    ),
    ...headers
      .problems()
      .map(({ location, message }) => `delivery ${delivery.name} › header ${formatPath(location)}: ${message}`),
  ]);
}
