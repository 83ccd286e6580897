import { generateFrom } from "@mindbridge-sdk/generator";
import { documentOf, KINDS } from "@mindbridge-sdk/generator/corpus";
import { edited, edits, readDocument, valueAt } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { askCompiler, levelOf } from "./oracle/compiler.ts";
import { base, consult, describe, randomChanges, singleChanges } from "./oracle/oracle.ts";
import { DOCUMENT } from "./repository.ts";

// `pnpm --filter @mindbridge-sdk/release oracle` asks about all.
const some = singleChanges().filter((_, index) => index % 24 === 0);
const accepted = Object.values(KINDS).filter(({ refused }) => !refused);
const everyKind = ["things of every kind are added", documentOf(accepted, base)] as const;

/** Choices in the parts of a delivery, which say of `data` more than its envelope does. */
const choices = [
  ["#/components/schemas/DeliveryEnvelope", (own: object) => ({ oneOf: [own] })],
  ["#/components/schemas/DeliveryEnvelope/properties/data", (own: object) => ({ anyOf: [own, { type: "null" }] })],
  ["#/components/schemas/AnalysisFailedDelivery/allOf/1", (own: object) => ({ anyOf: [own, { type: "null" }] })],
].map(([pointer, around]) => {
  const at = pointer as string;
  const wrapped = (around as (own: unknown) => object)(valueAt(base, at));
  return [`a choice at ${at}`, edited(base, [edits.replace(at.slice(1), wrapped)])] as const;
});

test("no level is below what the compiler says, and none is above it but for what types cannot show", async () => {
  const { asked, refused, below, above } = await consult([
    ...some,
    ...randomChanges(Array(6).keys()),
    ...choices,
    everyKind,
  ]);
  expect([...below, ...above].map(describe)).toEqual([]);
  expect(asked).toBeGreaterThan(20);
  expect(refused).not.toContain(everyKind[0]);
});

test("the compiler tells what is sent from what comes", async () => {
  const document = await readDocument(DOCUMENT);
  const level = async (pointer: string, value: unknown) => {
    const changed = edited(document, [edits.set(pointer, value)]);
    const { made, undone } = askCompiler(await generateFrom(document), await generateFrom(changed));
    return [levelOf(made), levelOf(undone)];
  };
  const schemas = "#/components/schemas";
  expect(await level(`${schemas}/WebhookCreate/properties/name/type`, ["string", "null"])).toEqual(["minor", "major"]);
  expect(await level(`${schemas}/Webhook/properties/name/type`, ["string", "null"])).toEqual(["major", "minor"]);
  expect(await level(`${schemas}/Webhook/properties/name/maxLength`, 10)).toEqual(["none", "none"]);
});
