import { MindBridge } from "@mindbridge-sdk/client";
import { describe, expect, test } from "vitest";
import { deriveCases } from "../src/cases.ts";
import { gaps, methodsOf } from "../src/coverage.ts";
import { readDocument, SPEC } from "../src/document.ts";
import { operationsOf } from "../src/operations.ts";
import { runCase } from "../src/run-case.ts";
import { useMock } from "./mock.ts";

const document = await readDocument();
const operations = operationsOf(document).map(({ id }) => id);
const { cases, unbroken } = deriveCases(document);

const mock = useMock(() => ({ document: SPEC }));
const ran = new Map<string, Set<string>>();

describe.each(operations)("%s", (operation) => {
  const own = cases.filter((contractCase) => contractCase.operation === operation);

  test.each(own)("$name", async (contractCase) => {
    await mock.whileRunning(runCase(contractCase, { url: mock.url, MindBridge }));
    ran.set(operation, (ran.get(operation) ?? new Set()).add(contractCase.expected.kind));
  });
});

// After the tests above, in the order of the file.
test("every operation of the document is a method of the client and was called", () => {
  const client = methodsOf(new MindBridge({ baseUrl: mock.url, token: "contract-test" }));
  expect(gaps({ document: operations, client, ran })).toEqual([]);
});

test("every constraint of the requests was broken", () => {
  expect(unbroken).toEqual([]);
});
