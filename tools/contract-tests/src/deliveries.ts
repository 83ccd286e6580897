// Prism serves no `webhooks`: deliveries are validated directly.
import {
  type Delivery,
  type Document,
  deliveriesOf,
  examplesOf,
  jsonContent,
  type Schema,
} from "@mindbridge-sdk/openapi";
import { breakEach, type Constraints, isFound } from "./constraints.ts";
import { ParameterSet } from "./parameters.ts";
import { withAdditions } from "./responses.ts";
import { samples } from "./samples.ts";
import { createValidator, formatPath, type Validate, type Violation } from "./validator.ts";

/** A delivery, and what it takes to validate its body and its headers. */
export interface CheckableDelivery {
  readonly document: Document;
  readonly delivery: Delivery;
  readonly schema: Schema;
  readonly validate: Validate;
  /** The examples of the body, and some that are made from the schema, with every optional property. */
  readonly bodies: readonly unknown[];
  readonly headers: ParameterSet;
  /** Every constraint of the body and of the headers, each broken by itself. */
  readonly broken: { readonly body: Constraints; readonly headers: Constraints };
}

/** Every delivery of the document. */
export function checkableDeliveries(document: Document): CheckableDelivery[] {
  const validate = createValidator(document, { coerce: false });
  return deliveriesOf(document).map((delivery) => {
    const json = jsonContent(delivery.requestBody) ?? {};
    const schema = json.schema ?? true;
    const examples = examplesOf(document, json).map(({ value }) => value);
    const bodies = [...examples, ...samples(document, schema, validate, 4)];
    const of = { id: `delivery ${delivery.name}`, parameters: delivery.parameters };
    const headers = new ParameterSet(document, of, "header");
    const broken = { body: breakEach({ document, schema, bases: bodies, validate }), headers: headers.breakEach() };
    return { document, delivery, schema, validate, bodies, headers, broken };
  });
}

/**
 * Finds examples of deliveries that the document itself refuses.
 *
 * @returns A line for each violation, with its place.
 */
export function deliveryProblems(document: Document): string[] {
  return checkableDeliveries(document).flatMap(({ delivery, schema, validate, bodies, headers }) => [
    ...bodies.flatMap((body) => validate(schema, body)).map(asText(`delivery ${delivery.name} › body › `)),
    ...headers.problems().map(asText(`delivery ${delivery.name} › header `)),
  ]);
}

/**
 * Compares the deliveries of two documents: each must accept what the other sends, and refuse what the other refuses.
 *
 * @returns The first difference; `undefined` where there is none.
 */
export function deliveryDifference(
  ours: readonly CheckableDelivery[],
  theirs: readonly CheckableDelivery[],
): string | undefined {
  for (const one of ours) {
    const { name, method } = one.delivery;
    const other = theirs.find(({ delivery }) => delivery.name === name);
    if (other === undefined) return `delivery ${name}: it is not there`;
    if (other.delivery.method !== method) return `delivery ${name}: it is no ${method.toUpperCase()}`;
    for (const difference of differences(one, other)) return difference;
    for (const difference of differences(other, one)) return difference;
  }
  return undefined;
}

/** What `one` sends and `other` refuses, and what `one` refuses and `other` accepts. */
function* differences(one: CheckableDelivery, other: CheckableDelivery): Generator<string> {
  const [atBody, atHeader] = [`delivery ${one.delivery.name} › body › `, `delivery ${one.delivery.name} › header `];
  const newer = one.bodies
    .map((body) => withAdditions(one.document, one.schema, body).value)
    // A `type` that lists all of its values takes no other.
    .filter((body) => one.validate(one.schema, body).length === 0);
  for (const body of [...one.bodies, ...newer]) yield* other.validate(other.schema, body).map(asText(atBody));
  yield* other.headers.problems(one.headers.sent).map(asText(atHeader));

  for (const broken of one.broken.body.broken) {
    if (!isFound(other.validate(other.schema, broken.value), broken)) yield `${atBody}${broken.name} is accepted`;
  }
  for (const broken of one.broken.headers.broken) {
    if (!isFound(other.headers.problems(broken.value), broken)) yield `${atHeader}${broken.name} is accepted`;
  }
}

const asText =
  (place: string) =>
  ({ location, message }: Violation): string =>
    `${place}${formatPath(location)}: ${message}`;
