import { operationsOf, readDocument } from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { deriveCases } from "../src/cases.ts";
import { deliveryProblems } from "../src/deliveries.ts";
import { plainDocument } from "../src/document.ts";
import { generateClient } from "../src/generated-client.ts";
import { REFERENCE } from "../src/reference.ts";
import { testContract } from "./contract.ts";
import { extendedDocument, writeDocument } from "./documents.ts";
import { useMock } from "./mock.ts";

// A document with operations of every other form, a client that is generated from it, and a mock that serves it.
const { folder, path } = await writeDocument(await extendedDocument());
const MindBridge = await generateClient(path, folder);

const document = plainDocument(await readDocument(path));
const { cases, unbroken } = deriveCases(document);
const before = operationsOf(REFERENCE).map(({ id }) => id);
const added = operationsOf(document).filter(({ id }) => !before.includes(id));

testContract({
  document,
  MindBridge,
  mock: useMock(() => ({ document: path, seed: "contract" })),
  operations: added.map(({ id }) => id),
  responses: 5,
});

function namesOf(operation: string): string[] {
  return cases.filter((one) => one.operation === operation).map(({ name }) => name);
}

describe("what is derived from a document", () => {
  test("is there for every operation", () => {
    const operations = operationsOf(document).map(({ id }) => id);
    const called = cases.filter(({ expected }) => expected.kind === "success").map(({ operation }) => operation);
    expect([...new Set(called)]).toEqual(operations);
    expect(added.map(({ id }) => id)).toEqual(["hooks.list", "hooks.update", "hooks.delete", "hooks.rename"]);
    expect(unbroken).toEqual([]);
  });

  test("holds an operation's forms: no content, optional body, parameters of the path, the query and the headers", () => {
    expect(namesOf("hooks.delete")).toEqual([
      "a call → 204",
      "401 → AuthenticationError",
      "404 → NotFoundError",
      "409 → ConflictError",
      "429 → RateLimitError",
      "510 → InternalServerError",
      "without authentication → AuthenticationError",
      "path webhookid: pattern → refused",
    ]);
    expect(namesOf("hooks.rename")).toEqual(expect.arrayContaining(["no body → 202", "a made-up body → 200"]));
    expect(namesOf("hooks.rename")).not.toContain("without a body → refused");
    expect(namesOf("hooks.list")).toEqual(
      expect.arrayContaining([
        "a call, only the required query parameters → 200",
        "query (whole): required (from) → refused",
        "query from: format → refused",
        "query pagesize: type → refused",
        "query pagesize: minimum → refused",
        "query pagesize: maximum → refused",
        "query status: enum → refused",
        "query event.0: enum → refused",
        "header (whole): required (x-trace) → refused",
      ]),
    );
  });

  test("breaks every kind of constraint, at every depth", () => {
    const refused = namesOf("hooks.update");
    const expected = [
      "(whole): additionalProperties (unexpectedProperty)",
      "(whole): required (retries)",
      "name: minLength",
      "name: maxLength",
      "name: pattern",
      "note: type",
      "contact: format",
      "since: format",
      "retries: type (fraction)",
      "retries: minimum",
      "retries: maximum",
      "share: exclusiveMinimum",
      "share: exclusiveMaximum",
      "step: multipleOf",
      "mode: const",
      "labels: minItems",
      "labels: maxItems",
      "labels: uniqueItems",
      "labels.0: minLength",
      "headers: maxProperties",
      "headers.additional: minLength",
      "filter: minProperties",
      "filter.all.0.event: enum",
      "target: oneOf",
      "target.host: minLength",
      "target.port: minimum",
    ];
    expect(refused).toEqual(expect.arrayContaining(expected.map((name) => `body ${name} → refused`)));
    expect(refused).not.toContain("body note: type (null) → refused");
    expect(refused.some((name) => name.includes(" id:"))).toBe(false);
  });

  test("sends every listed value, and values at every limit", () => {
    const accepted = [...namesOf("webhooks.create"), ...namesOf("hooks.update")];
    const expected = [
      "events.0: enum (EXPORT_READY)",
      "events.0: enum (USER_LOGIN)",
      "status: enum (INACTIVE)",
      "events: minItems",
      "events: maxItems",
      "technicalContactId: type (empty)",
      "url: type (long)",
      "name: type (other scripts)",
      "name: minLength",
      "name: maxLength",
      "retries: minimum",
      "retries: maximum",
    ];
    expect(accepted).toEqual(expect.arrayContaining(expected.map((name) => `body ${name} → accepted`)));
  });

  test("is there for the other operations where nothing can be made of the schema of one", () => {
    const impossible: object = {
      operationId: "hooks.open",
      requestBody: { required: true, content: { "application/json": { schema: { not: {} } } } },
      responses: { "204": { description: "Done." } },
    };
    const { cases: derived, underivable } = deriveCases({
      ...document,
      paths: { ...document.paths, "/v1/impossible": { post: impossible } },
    });
    expect(underivable).toMatchObject([
      { operation: "hooks.open", error: { message: expect.stringContaining("No value was found") } },
    ]);
    expect(derived.length).toBeGreaterThan(0);
  });

  test("names each of its cases differently", () => {
    const names = cases.map(({ operation, name }) => `${operation} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("is data, so that it can be run elsewhere", () => {
    expect(JSON.parse(JSON.stringify(cases))).toStrictEqual(cases);
  });

  test("includes an added delivery that has no examples", () => {
    expect(Object.keys(document.webhooks ?? {})).toContain("user.login");
    expect(deliveryProblems(document)).toEqual([]);
  });
});
