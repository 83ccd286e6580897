// The stateful mock passes the contract tests that Prism passes, but for the answers that are examples of the document.
import { MindBridge } from "@mindbridge-sdk/client";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import type { OperationId } from "@mindbridge-sdk/contract/operations";
import { examplesOf, isObject, jsonContent, operationsOf, readDocument } from "@mindbridge-sdk/openapi";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { describe, expect, test } from "vitest";
import { type ContractCase, deriveCases } from "../src/cases.ts";
import { plainDocument } from "../src/document.ts";
import { REFERENCE } from "../src/reference.ts";
import { runCase } from "../src/run-case.ts";

const document = plainDocument(await readDocument());
// Prism knows operations of any form. This API knows entities, as the published operations have them.
const published = operationsOf(REFERENCE).map(({ id }) => id);
const operations = operationsOf(document).filter(({ id }) => published.includes(id));
const cases = deriveCases(document).cases.map(withoutExample).filter(isApplicable);

/** What a success holds depends on what is there, so it is compared with what came alone. */
function withoutExample(contractCase: ContractCase): ContractCase {
  const { kind } = contractCase.expected;
  return kind === "success"
    ? { ...contractCase, expected: { ...contractCase.expected, example: undefined } as never }
    : contractCase;
}

/** Where the document has several successes, the API answers with the first. It takes fewer URLs than the document, as MindBridge does. */
function isApplicable({ operation, expected, call }: ContractCase): boolean {
  if (expected.kind !== "success") return true;
  const takesUrl = !isObject(call.body) || !("url" in call.body) || String(call.body.url).startsWith("https:");
  return takesUrl && expected.empty === (firstSuccess(operation) === undefined);
}

function firstSuccess(operation: string) {
  const { responses = {} } = operations.find(({ id }) => id === operation) ?? {};
  return jsonContent(Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1]);
}

/** What the call of a case is about: the example of its resource, under the id that it is asked for, with the version that is sent. */
function entityOf({ operation, call }: ContractCase): Record<string, object[]> {
  const [resource = ""] = operation.split(".");
  const json = firstSuccess(`${resource}.get`);
  const [example] = json === undefined ? [] : examplesOf(document, json);
  const { version } = isObject(call.body) ? call.body : {};
  return {
    [resource]: [
      { ...Object(example?.value), ...(version !== undefined && { version }), id: String(call.path.at(-1)) },
    ],
  };
}

describe.each(operations.map(({ id }) => id))("%s", (operation) => {
  test.each(cases.filter((each) => each.operation === operation))("$name", async (contractCase) => {
    const api = createTestApi({ entities: entityOf(contractCase) });
    const fetch: typeof api.fetch = async (input, init) => {
      const response = await api.fetch(input, init);
      const inspect = OPERATION_VALIDATORS[operation as OperationId].responses[response.status];
      const mismatches = inspect?.(await response.clone().json()) ?? [];
      expect(mismatches.filter(({ kind }) => kind === "violation")).toEqual([]);
      return response;
    };
    await runCase(contractCase, { url: "https://acme.example/api", MindBridge, fetch, refusesByItself: true });
  });
});

test("every operation is called with success, fails and is refused", () => {
  const kindsOf = (operation: string) =>
    new Set(cases.filter((each) => each.operation === operation).map(({ expected }) => expected.kind));
  for (const { id, requestBody } of operations) {
    expect([...kindsOf(id)], id).toEqual(
      expect.arrayContaining(["success", "error", ...(requestBody ? ["refusal"] : [])]),
    );
  }
});
