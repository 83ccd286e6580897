import { type Document, follow, isJson, valueAt } from "@mindbridge-sdk/openapi";
import { examplesAt, rootsBeside } from "./check-examples.ts";
import type { Finding } from "./check-schemas.ts";
import { evaluate } from "./evaluate.ts";
import { normalize } from "./normalize.ts";
import { sample } from "./sample.ts";

/** Finds the bodies that have no example, and of which no valid one can be made for mocks, help and tests. */
export function checkSamples(source: Document): Finding[] {
  const { document } = normalize(source);
  /** By place: operations share schemas. */
  const findings = new Map<string, Finding>();
  for (const [{ kind, mediaType = "", schema }, pointer] of rootsBeside(document, source)) {
    if (kind !== "body" || !isJson(mediaType) || examplesAt(source, pointer.slice(0, -"/schema".length)).length > 0)
      continue;
    const [problem] = evaluate(document, schema.value, sample(document, schema.value)).violations;
    if (problem === undefined) continue;
    const place = follow(source, { value: valueAt(source, pointer), pointer }).pointer;
    const at = problem.pointer === "" ? "" : ` at \`${problem.pointer}\``;
    const message = `No value was found that the schema accepts: what is made breaks \`${problem.keyword}\`${at}. Give the schema an \`example\`, or its media type: mocks and tests take it.`;
    findings.set(place, { rule: "samples", severity: "warning", message, pointer: place });
  }
  return [...findings.values()];
}
