import { MindBridge } from "@mindbridge-sdk/client";
import { dereference, jsonContent, operationsOf, readDocument, SPEC } from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { deriveCases } from "../src/cases.ts";
import { ADDED_FIELD, ADDED_VALUE, callFor, madeResponses, withAdditions } from "../src/responses.ts";
import { invoke, methodsOf, runCase } from "../src/run-case.ts";
import { createValidator } from "../src/validator.ts";
import { useMock } from "./mock.ts";

const document = dereference(await readDocument());
const operations = operationsOf(document).map(({ id }) => id);
const { cases, unbroken } = deriveCases(document);
const responses = madeResponses(document, cases);
const validate = createValidator(document, { coerce: false });
const mock = useMock(() => ({ document: SPEC, seed: "contract" }));

describe.each(operations)("%s", (operation) => {
  test.each(cases.filter((each) => each.operation === operation))("$name", async (contractCase) => {
    await mock.whileRunning(runCase(contractCase, { url: mock.url, MindBridge }));
  });
});

test("every operation of the document is a method of the client, and the other way round", () => {
  const client = new MindBridge({ baseUrl: mock.url, token: "contract-test" });
  expect(methodsOf(client).toSorted()).toEqual(operations.toSorted());
});

test("every operation is called with success", () => {
  const called = cases.filter(({ expected }) => expected.kind === "success").map(({ operation }) => operation);
  expect([...new Set(called)]).toEqual(operations);
});

const paged = operationsOf(document).flatMap(({ id, object }) => {
  const { "x-pagination": pagination } = object;
  return pagination ? [{ id, pagination }] : [];
});

describe.each(paged)("$id, whose response is a page", ({ id, pagination }) => {
  const examples = cases.flatMap((each) => {
    const { operation, expected } = each;
    return operation === id && expected.kind === "success" && expected.example
      ? [{ ...each, page: expected.example.value }]
      : [];
  });

  test.each(examples)("$name: its items can be iterated", async ({ page, ...contractCase }) => {
    const client = new MindBridge({ baseUrl: mock.url, token: "contract-test", maxRetries: 0 });
    const iterate = async () => {
      const items: unknown[] = [];
      for await (const item of invoke(client, contractCase) as AsyncIterable<unknown>) items.push(item);
      return items;
    };
    const items = await mock.whileRunning(iterate());
    expect(items).toEqual(Reflect.get(Object(page), pagination.items));
    expect(items).not.toEqual([]);
  });
});

test("every constraint of the requests is broken", () => {
  expect(unbroken).toEqual([]);
});

test("every operation that answers with JSON has responses made from its schema", () => {
  const due = operationsOf(document).filter(({ responses: all }) =>
    Object.entries(all).some(([status, response]) => status.startsWith("2") && jsonContent(response) !== undefined),
  );
  expect([...new Set(responses.map(({ operation }) => operation))]).toEqual(due.map(({ id }) => id));
});

const SEEDS = Array.from({ length: 25 }, (_, index) => `contract-${index + 1}`);

describe.each(responses)("$status of $operation, made from its schema", (response) => {
  const { schema } = response;

  /** Makes the call. The client receives what `change` makes of the text that the mock sends. */
  async function call(seed: string, change: (text: string) => string): Promise<{ data: unknown; text: string }> {
    let text = "";
    const client = new MindBridge({
      baseUrl: mock.url,
      token: "contract-test",
      maxRetries: 0,
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        text = change(await answer.text());
        return new Response(text, { status: answer.status, headers: answer.headers });
      },
    });
    const data = await mock.whileRunning(Promise.resolve(invoke(client, callFor(response, seed))));
    return { data, text };
  }

  test(`is valid, and comes through the client unchanged, ${SEEDS.length} times`, async () => {
    const texts = new Set<string>();
    for (const seed of SEEDS) {
      const { data, text } = await call(seed, (unchanged) => unchanged);
      expect(data, `seed ${seed}`).toEqual(JSON.parse(text));
      expect(validate(schema, data), `seed ${seed}`).toEqual([]);
      texts.add(text);
    }
    expect(texts.size, "different responses").toBe(SEEDS.length);
  });

  test("comes through with fields and names that are newer than the document", async () => {
    let replaced = 0;
    for (const seed of SEEDS) {
      const { data, text } = await call(seed, (unchanged) => {
        const added = withAdditions(document, schema, JSON.parse(unchanged));
        replaced += added.replaced;
        return JSON.stringify(added.value);
      });
      expect(text, `seed ${seed}`).toContain(ADDED_FIELD);
      expect(data, `seed ${seed}`).toEqual(JSON.parse(text));
    }
    const listsNames = JSON.stringify(schema).includes('"enum"');
    expect(replaced > 0, `values replaced by ${ADDED_VALUE}`).toBe(listsNames);
  });
});
