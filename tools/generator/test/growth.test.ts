import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
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
