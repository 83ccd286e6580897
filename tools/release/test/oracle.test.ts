import { generateFrom } from "@mindbridge-sdk/generator";
import { edited, edits, readDocument } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { askCompiler, levelOf } from "./oracle/compiler.ts";
import { consult, describe, randomChanges, singleChanges } from "./oracle/oracle.ts";
import { DOCUMENT } from "./repository.ts";

// `pnpm --filter @mindbridge-sdk/release oracle` asks about all.
const some = singleChanges().filter((_, index) => index % 24 === 0);

test("no level is below what the compiler says, and none is above it but for what types cannot show", async () => {
  const { asked, below, above } = await consult([...some, ...randomChanges(Array(6).keys())]);
  expect([...below, ...above].map(describe)).toEqual([]);
  expect(asked).toBeGreaterThan(20);
});

test("the compiler tells what is sent from what comes", async () => {
  const base = await readDocument(DOCUMENT);
  const level = async (pointer: string, value: unknown) => {
    const changed = edited(base, [edits.set(pointer, value)]);
    const { made, undone } = askCompiler(await generateFrom(base), await generateFrom(changed));
    return [levelOf(made), levelOf(undone)];
  };
  const schemas = "#/components/schemas";
  expect(await level(`${schemas}/WebhookCreate/properties/name/type`, ["string", "null"])).toEqual(["minor", "major"]);
  expect(await level(`${schemas}/Webhook/properties/name/type`, ["string", "null"])).toEqual(["major", "minor"]);
  expect(await level(`${schemas}/Webhook/properties/name/maxLength`, 10)).toEqual(["none", "none"]);
});
