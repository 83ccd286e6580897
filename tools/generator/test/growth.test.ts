import { expect, test } from "vitest";
import { resources } from "../src/emit/resources.ts";
import { generate, generateFrom } from "../src/generate.ts";
import { json, object, operation, ref } from "./corpus/kind.ts";
import { changedDocument } from "./documents.ts";
import { withManyOperations } from "./many-operations.ts";

test("the generated files grow as fast as the document, and no faster", async () => {
  const size = async (count: number) => {
    const files = await generate({
      document: changedDocument((document) => Object.assign(document, withManyOperations(document, count))),
    });
    return [...files.values()].reduce((sum, text) => sum + text.length, 0);
  };
  const [one, ten, hundred] = [await size(1), await size(10), await size(100)];
  const perOperation = [(ten - one) / 9, (hundred - ten) / 90];
  expect((perOperation[1] ?? 0) / (perOperation[0] ?? 0)).toBeCloseTo(1, 1);
});

test("what is readOnly in schemas that hold each other is not listed for every way through them", async () => {
  const names = ["A", "B", "C", "D", "E"];
  const schemas = names.map((name) => [
    name,
    object({ id: { type: "string", readOnly: true }, ...Object.fromEntries(names.map((each) => [each, ref(each)])) }),
  ]);
  const files = await generateFrom(
    {
      openapi: "3.1.1",
      info: { title: "Links", version: "1" },
      paths: { "/links": { post: operation("links.add", { requestBody: json(ref("A")) }) } },
      components: { schemas: Object.fromEntries(schemas) },
    },
    [resources],
  );
  expect([...files.values()].join("").length).toBeLessThan(20_000);
});
