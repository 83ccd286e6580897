import {
  childrenOf,
  type Document,
  exchangesOf,
  isObject,
  type Located,
  rootsOf,
  type Schema,
} from "@mindbridge-sdk/openapi";
import { nearest } from "../../../packages/cli/src/nearest.ts";
import { type Finding, IN_PLACE, placeOf } from "./check-schemas.ts";

/**
 * Finds names in `required` that no schema of the same value describes as a property. A name that is one slip away from that of a
 * property is an error. Any other is a warning: documents of other vendors have some, and they work.
 *
 * @param document Each of its references leads somewhere.
 */
export function checkRequired(document: Document): Finding[] {
  const described = new Set<string>();
  const missing = new Map<string, { readonly name: string; readonly names: ReadonlySet<string> }>();
  for (const whole of wholesOf(document)) {
    const { names, required, others } = propertiesOf(document, whole);
    for (const [place, name] of required) {
      if (names.has(name) || others.some((pattern) => pattern.test(name))) described.add(place);
      else missing.set(place, { name, names });
    }
  }
  return [...missing].flatMap(([pointer, { name, names }]): Finding[] => {
    if (described.has(pointer)) return [];
    const meant = nearest(name, [...names]);
    const advice = meant === undefined ? "Describe it, or do not require it." : `Did you mean \`${meant}\`?`;
    const message = `\`required\` names \`${name}\`, which no property of the schema is called. ${advice}`;
    const isSlip = nearest(name, [...names], 1) !== undefined;
    return [{ rule: "required-properties", message, pointer, ...(!isSlip && { severity: "warning" }) }];
  });
}

/** The schemas that describe a whole value, and not a part of what another one says of it. */
function wholesOf(document: Document): Located<Schema>[] {
  const roots = exchangesOf(document)
    .flatMap((exchange) => rootsOf(document, exchange))
    .map(({ schema }) => schema);
  const wholes: Located<Schema>[] = [...roots];
  const seen = new Set<string>();
  const visit = ({ value: schema, pointer }: Located<Schema>): void => {
    if (typeof schema === "boolean" || seen.has(pointer)) return;
    seen.add(pointer);
    const referred = schema.$ref === undefined ? undefined : placeOf(document, schema.$ref);
    if (referred) visit(referred);
    for (const child of childrenOf({ value: schema, pointer })) {
      if (!IN_PLACE.has(child.keyword)) wholes.push(child);
      visit(child);
    }
  };
  for (const root of roots) visit(root);
  return wholes;
}

/** What the schemas of one value say of its properties together. */
interface Properties {
  readonly names: Set<string>;
  /** What `required` names, by the place. */
  readonly required: Map<string, string>;
  /** What describes properties by a pattern of their names. */
  readonly others: RegExp[];
}

function propertiesOf(document: Document, whole: Located<Schema>): Properties {
  const found: Properties = { names: new Set(), required: new Map(), others: [] };
  const seen = new Set<string>();
  const visit = (part: Located<Schema>, mustHold: boolean): void => {
    const { value: schema, pointer } = part;
    if (typeof schema === "boolean" || seen.has(`${mustHold} ${pointer}`)) return;
    seen.add(`${mustHold} ${pointer}`);
    const { properties = {}, patternProperties = {}, required = [], discriminator, $ref } = schema;
    const rest = [schema.additionalProperties ?? false, schema.unevaluatedProperties ?? false];
    for (const name of Object.keys(properties)) found.names.add(name);
    if (isObject(discriminator)) found.names.add(String(discriminator.propertyName));
    found.others.push(...Object.keys(patternProperties).map((pattern) => new RegExp(pattern, "u")));
    if (rest.some((each) => each !== false)) found.others.push(/^/);
    if (mustHold)
      for (const [index, name] of required.entries()) found.required.set(`${pointer}/required/${index}`, name);
    const referred = $ref === undefined ? undefined : placeOf(document, $ref);
    if (referred) visit(referred, mustHold);
    // `not` and `if` may name properties that no schema describes.
    for (const child of childrenOf(part).filter(({ keyword }) => IN_PLACE.has(keyword)))
      visit(child, mustHold && child.keyword !== "not" && child.keyword !== "if");
  };
  visit(whole, true);
  return found;
}
