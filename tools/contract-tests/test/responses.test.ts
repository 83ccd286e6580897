import { MindBridge } from "@mindbridge-sdk/client";
import { describe, expect, test } from "vitest";
import { ADDED_FIELD, ADDED_VALUE, withAdditions } from "../src/additions.ts";
import { deriveCases } from "../src/cases.ts";
import { readDocument, SPEC } from "../src/document.ts";
import { dynamicResponses, madeUp } from "../src/dynamic-responses.ts";
import { jsonContent, operationsOf } from "../src/operations.ts";
import { invoke } from "../src/run-case.ts";
import { createValidator } from "../src/validator.ts";
import { useMock } from "./mock.ts";

const SEEDS = Array.from({ length: 25 }, (_, index) => `contract-${index + 1}`);

const document = await readDocument();
const { cases } = deriveCases(document);
const mock = useMock(() => ({ document: SPEC, seed: "contract" }));

const responses = dynamicResponses(document, cases);
const validate = createValidator(document, { coerce: false });

describe.each(responses)("$status of $id", (response) => {
  const { schema } = response;

  /** Makes the call, with what `change` makes of the text that the mock sends. */
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
    const data = await mock.whileRunning(Promise.resolve(invoke(client, madeUp(response, seed))));
    return { data, text };
  }

  test(`is as promised and comes through the client unchanged, ${SEEDS.length} times made up`, async () => {
    const texts = new Set<string>();
    for (const seed of SEEDS) {
      const { data, text } = await call(seed, (unchanged) => unchanged);
      expect(data, `seed ${seed}`).toEqual(JSON.parse(text));
      expect(validate(schema, data), `seed ${seed}`).toEqual([]);
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
