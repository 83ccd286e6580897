import { MindBridge } from "@mindbridge-sdk/client";
import { describe, expect, test } from "vitest";
import { ADDED_FIELD, ADDED_VALUE, withAdditions } from "../src/additions.ts";
import { deriveCases } from "../src/cases.ts";
import { readDocument, SPEC } from "../src/document.ts";
import { jsonContent, operationsOf } from "../src/operations.ts";
import { invoke } from "../src/run-case.ts";
import { useMock } from "./mock.ts";

const SEEDS = Array.from({ length: 25 }, (_, index) => `contract-${index + 1}`);

const document = await readDocument();
const { cases } = deriveCases(document);
const mock = useMock(() => ({ document: SPEC, seed: "contract" }));

/** Every response of success with a body: the one that is made up from a schema. */
const responses = operationsOf(document).flatMap(({ id, responses: all }) =>
  Object.entries(all).flatMap(([status, { content }]) => {
    const schema = status.startsWith("2") ? jsonContent(content)?.schema : undefined;
    const contractCase = cases.find(({ operation, expected }) => operation === id && expected.kind === "success");
    return schema === undefined || contractCase === undefined ? [] : [{ id, status, schema, contractCase }];
  }),
);

describe.each(responses)("$status of $id", ({ status, schema, contractCase }) => {
  /** Makes the call, with what `change` makes of the text that the mock sends. */
  async function call(seed: string, change: (text: string) => string): Promise<{ data: unknown; text: string }> {
    let text = "";
    const client = new MindBridge({
      baseUrl: mock.url,
      token: "contract-test",
      maxRetries: 0,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        text = change(await response.text());
        return new Response(text, { status: response.status, headers: response.headers });
      },
    });
    const prefer = `code=${status}, dynamic=true, seed=${seed}`;
    const data = await mock.whileRunning(
      Promise.resolve(invoke(client, { ...contractCase, call: { ...contractCase.call, prefer } })),
    );
    return { data, text };
  }

  test(`comes through the client unchanged, ${SEEDS.length} times made up`, async () => {
    const texts = new Set<string>();
    for (const seed of SEEDS) {
      const { data, text } = await call(seed, (unchanged) => unchanged);
      expect(data, `seed ${seed}`).toEqual(JSON.parse(text));
      texts.add(text);
    }
    // Otherwise one response would have been looked at again and again.
    expect(texts.size).toBe(SEEDS.length);
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

test("responses are made up for every operation that answers with JSON", () => {
  const due = operationsOf(document).filter(({ responses: all }) =>
    Object.entries(all).some(([status, { content }]) => status.startsWith("2") && jsonContent(content) !== undefined),
  );
  expect([...new Set(responses.map(({ id }) => id))]).toEqual(due.map(({ id }) => id));
});
