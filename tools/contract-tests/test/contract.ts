import { type Document, isObject, jsonContent, operationsOf, propertyPointer, valueAt } from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { deriveCases } from "../src/cases.ts";
import { placesOf } from "../src/mutations.ts";
import { REFERENCE } from "../src/reference.ts";
import {
  ADDED_FIELD,
  ADDED_VALUE,
  callFor,
  canBeMade,
  hasManyValues,
  madeResponses,
  withAdditions,
} from "../src/responses.ts";
import { type ClientClass, invoke, isUnmade, methodsOf, runCase, UNMADE } from "../src/run-case.ts";
import { valuesOf } from "../src/samples.ts";
import { createValidator } from "../src/validator.ts";
import type { Mock } from "./mock.ts";

const PUBLISHED = new Set(operationsOf(REFERENCE).map(({ id }) => id));

/** What is tested against a mock. */
export interface Contract {
  /** The document, dereferenced. */
  readonly document: Document;
  readonly MindBridge: ClientClass;
  /** A mock of the document. */
  readonly mock: Mock;
  /** The operations to call. By default all of them. */
  readonly operations?: readonly string[];
  /** How many responses are made from each schema. */
  readonly responses?: number;
}

/**
 * Skips a test for a reason. Those of the published operations run: nothing may hide one of them.
 *
 * @throws {Error} if the operation is published.
 */
function leaveOut(operation: string, reason: string, skip: (note: string) => void): void {
  if (PUBLISHED.has(operation)) throw new Error(`${operation} is published, and its test says nothing: ${reason}.`);
  skip(`${operation}: ${reason}`);
}

/** Declares the contract tests of a document. */
export function testContract({ document, MindBridge, mock, ...options }: Contract): void {
  const all = operationsOf(document).map(({ id }) => id);
  const { operations = all, responses: count = 25 } = options;
  const isTested = ({ operation }: { readonly operation: string }): boolean => operations.includes(operation);
  const { cases, unbroken, leftOut, underivable } = deriveCases(document);
  const responses = madeResponses(document, cases).filter(isTested);
  const validate = createValidator(document, { coerce: false });
  const clientOptions = { token: "contract-test", maxRetries: 0, fetch, validate: undefined };

  const derived = Map.groupBy(cases.filter(isTested), ({ operation }) => operation);
  describe.for([...derived])("%s", ([id, own]) => {
    test.for(own)("$name", async (contractCase, { skip }) => {
      const unmade = await mock.whileRunning(runCase(contractCase, { url: mock.url, MindBridge }));
      if (unmade !== undefined) leaveOut(id, unmade, skip);
    });
  });

  test("every operation of the document is a method of the client, and the other way round", () => {
    expect(methodsOf(new MindBridge({ ...clientOptions, baseUrl: mock.url })).toSorted()).toEqual(all.toSorted());
  });

  test.for(underivable.filter(isTested))("$operation has cases", ({ error }) => {
    throw error;
  });

  test("every operation is called with success, or left out with a reason", () => {
    const called = cases.filter(({ expected }) => expected.kind === "success");
    expect(new Set([...called, ...leftOut, ...underivable].map(({ operation }) => operation))).toEqual(new Set(all));
  });

  // The reason is the title.
  test.skip.for(leftOut.filter(isTested))("$operation: $reason", () => {});

  const pages = operationsOf(document).flatMap(({ id, object: { "x-pagination": pagination } }) =>
    cases.flatMap((contractCase) => {
      const { operation, name, expected } = contractCase;
      if (pagination === undefined || operation !== id || expected.kind !== "success" || !expected.example) return [];
      const items: unknown = valueAt(expected.example.value, propertyPointer(pagination.items));
      return isTested({ operation }) ? [{ operation, name, contractCase, items }] : [];
    }),
  );

  test.for(pages)("$operation: $name: the items of the page can be iterated", async ({ contractCase, items }) => {
    const client = new MindBridge({ ...clientOptions, baseUrl: mock.url });
    const iterate = async () => {
      const iterated: unknown[] = [];
      for await (const item of invoke(client, contractCase) as AsyncIterable<unknown>) iterated.push(item);
      return iterated;
    };
    expect(await mock.whileRunning(iterate())).toEqual(items);
  });

  const isPublished = (constraint: string): boolean => PUBLISHED.has(constraint.split(":", 1).join());

  test("every constraint of the published requests is broken", () => {
    expect(unbroken.filter(isPublished)).toEqual([]);
  });

  // For a constraint of an added operation, no value may be known that breaks it alone.
  test.skip.for(unbroken.filter((constraint) => !isPublished(constraint)))(
    "%s: no value is found that breaks it",
    () => {},
  );

  test("every operation that answers with JSON has responses made from its schema", () => {
    const due = operationsOf(document).filter(({ id, responses: declared }) => {
      const isAnswered = ([status, response]: [string, (typeof declared)[string]]): boolean => {
        const schema = status.startsWith("2") ? jsonContent(response)?.schema : undefined;
        return schema !== undefined && canBeMade(schema);
      };
      const isCalled = cases.some(({ operation, expected }) => operation === id && expected.kind === "success");
      return isTested({ operation: id }) && isCalled && Object.entries(declared).some(isAnswered);
    });
    expect([...new Set(responses.map(({ operation }) => operation))]).toEqual(due.map(({ id }) => id));
  });

  const seeds = Array.from({ length: count }, (_, index) => `contract-${index + 1}`);

  describe.for(responses)("$status of $operation, made from its schema", (response) => {
    const { schema } = response;

    /** Makes the call. If the mock makes a valid response, `change` changes its text before the client receives it. */
    async function call(seed: string, change: (text: string) => string) {
      let text = "";
      let isMade = true;
      const client = new MindBridge({
        ...clientOptions,
        baseUrl: mock.url,
        fetch: async (input, init) => {
          const answer = await fetch(input, init);
          const made = await answer.text();
          isMade = !isUnmade(answer.status, made);
          text = isMade ? change(made) : made;
          return new Response(text, { status: answer.status, headers: answer.headers });
        },
      });
      const called = Promise.resolve(invoke(client, callFor(response, seed))).catch((error: unknown) => {
        if (isMade) throw error;
      });
      const data = await mock.whileRunning(called);
      return isMade ? { data, text } : undefined;
    }

    test(`is valid, and comes through the client unchanged, ${count} times`, async ({ skip }) => {
      const texts: string[] = [];
      let made = 0;
      for (const seed of seeds) {
        const answer = await call(seed, (unchanged) => unchanged);
        if (answer === undefined) continue;
        const { data, text } = answer;
        made++;
        expect(data, `seed ${seed}`).toEqual(JSON.parse(text));
        expect(validate(schema, data), `seed ${seed}`).toEqual([]);
        if (text !== "[]") texts.push(text);
      }
      if (made === 0) leaveOut(response.operation, UNMADE, skip);
      if (hasManyValues(document, schema)) expect(new Set(texts).size, "different responses").toBe(texts.length);
    });

    test("comes through with fields and names that are newer than the document", async ({ skip }) => {
      const listed = valuesOf("enum", schema)
        .flat()
        .filter((each) => typeof each === "string");
      let replaced = 0;
      let holdsListed = false;
      let made = 0;
      for (const seed of seeds) {
        let places = placesOf(undefined);
        const answer = await call(seed, (unchanged) => {
          places = placesOf(JSON.parse(unchanged));
          const added = withAdditions(document, schema, JSON.parse(unchanged));
          replaced += added.replaced;
          return JSON.stringify(added.value);
        });
        if (answer === undefined) continue;
        const { data, text } = answer;
        made++;
        holdsListed ||= places.some(({ value }) => listed.includes(value as string));
        expect(data, `seed ${seed}`).toEqual(JSON.parse(text));
        expect(text.includes(ADDED_FIELD), `seed ${seed}`).toBe(places.some(({ value }) => isObject(value)));
      }
      if (made === 0) leaveOut(response.operation, UNMADE, skip);
      if (holdsListed || listed.length === 0)
        expect(replaced > 0, `values replaced by ${ADDED_VALUE}`).toBe(holdsListed);
    });
  });
}
