import { type Model, readModel } from "@mindbridge-sdk/generator";
import type { Document } from "@mindbridge-sdk/openapi";
import { aligned } from "./aligned.ts";
import { normalForm } from "./normal-form.ts";
import { sitesOf, type Uses, usesOf } from "./uses.ts";

/** Two documents, and what the comparisons read of both. */
export interface Compared {
  /** In their normal form. */
  readonly base: Document;
  readonly revision: Document;
  /** What is generated from them. */
  readonly before: Model;
  readonly after: Model;
  /** How the nodes of each are used. */
  readonly baseUses: Uses;
  readonly revisionUses: Uses;
  /** The places in each that are used. */
  readonly baseSites: ReadonlySet<string>;
  readonly revisionSites: ReadonlySet<string>;
}

export function compared(older: Document, newer: Document): Compared {
  const [base, revision] = aligned(normalForm(older), normalForm(newer));
  const [baseUses, revisionUses] = [usesOf(base), usesOf(revision)];
  return {
    base,
    revision,
    before: readModel(older),
    after: readModel(newer),
    baseUses,
    revisionUses,
    baseSites: sitesOf(baseUses),
    revisionSites: sitesOf(revisionUses),
  };
}
