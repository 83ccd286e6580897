import { MindBridge } from "@mindbridge-sdk/client";
import { operationsOf, propertyPointer, readDocument, SPEC, valueAt } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { deriveCases } from "../src/cases.ts";
import { plainDocument } from "../src/document.ts";
import { testContract } from "./contract.ts";
import { useMock } from "./mock.ts";

const document = plainDocument(await readDocument());
testContract({ document, MindBridge, mock: useMock(() => ({ document: SPEC, seed: "contract" })) });

test("the pages that are iterated are not all empty", () => {
  for (const { id, object } of operationsOf(document)) {
    const items = object["x-pagination"]?.items;
    if (items === undefined) continue;
    const examples = deriveCases(document).cases.flatMap(({ operation, expected }) =>
      operation === id && expected.kind === "success" && expected.example ? [expected.example.value] : [],
    );
    if (examples.length > 0)
      expect(examples.flatMap((page) => valueAt(page, propertyPointer(items)) as unknown[])).not.toEqual([]);
  }
});
