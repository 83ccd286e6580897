import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  type Document,
  dereference,
  examplesOf,
  isObject,
  jsonContent,
  operationsOf,
  readDocument,
} from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { differencesFromReference } from "../src/compare.ts";
import { breaches } from "../src/conventions.ts";
import { MISMATCHES, mismatchesPage } from "../src/mismatches.ts";
import { REFERENCE } from "../src/reference.ts";
import { publishedDocument } from "./documents.ts";
import { slips } from "./slips.ts";

const document = dereference(await readDocument());
const published = dereference(await publishedDocument());

/** The differences, or the error of a document that cannot be read: nobody overlooks that either. */
function found(changed: unknown): string[] {
  try {
    return differencesFromReference(changed as Document);
  } catch (error) {
    return [String(error)];
  }
}

describe("the document", () => {
  test("says what is published, but for the mismatches", () => {
    const advice =
      "The document and tools/contract-tests/src/reference.ts, which states what MindBridge publishes, differ. If that has changed, " +
      "change reference.ts too. If the document is to differ, list it in tools/contract-tests/src/mismatches.ts.";
    expect(differencesFromReference(document), advice).toEqual([]);
  });

  test("has its mismatches listed in spec/mismatches.md: run `pnpm generate`", async () => {
    expect(await readFile(new URL("../../../spec/mismatches.md", import.meta.url), "utf8")).toBe(mismatchesPage());
  });

  test("keeps to its conventions", () => {
    expect(breaches(document)).toEqual([]);
  });

  test("has a default tenant that its own pattern allows", () => {
    const tenant = document.servers?.[0]?.variables?.tenant;
    expect(tenant?.default).toMatch(new RegExp(tenant?.["x-pattern"] ?? "^(?!)", "u"));
  });

  test("answers a 429 with a wait of 1 second, so that examples of retries are quick", () => {
    for (const { responses } of operationsOf(document)) {
      expect(responses["429"]?.headers?.["X-User-Hour-Limit-Remaining"]?.example).toBe(1);
    }
  });

  test("has the public half of RFC 8032's first test key in its examples", () => {
    // Section 7.1, test 1: the private half is published, so that anyone can sign what the mocked webhook verifies.
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    const { x } = createPublicKey(privateKey).export({ format: "jwk" });

    const keys = operationsOf(document)
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap((response) => examplesOf(document, jsonContent(response) ?? {}))
      .flatMap(({ value }) => (isObject(value) && "publicKey" in value ? [String(value.publicKey)] : []));
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toBe(`whpk_${Buffer.from(x ?? "", "base64url").toString("base64")}`);
      const jwk = {
        kty: "OKP",
        crv: "Ed25519",
        x: Buffer.from(key.slice("whpk_".length), "base64").toString("base64url"),
      };
      const signed = Buffer.from("id.1772442905.{}");
      expect(verify(null, signed, createPublicKey({ key: jwk, format: "jwk" }), sign(null, signed, privateKey))).toBe(
        true,
      );
    }
  });
});

describe("the comparison", () => {
  // The parts that the reference has.
  const { servers, security, paths, webhooks, components } = published;
  const all = [...slips({ servers, security, paths, webhooks })];

  test("finds each slip of the hand in what is published", () => {
    expect(all.length).toBeGreaterThan(900);
    const overlooked = all.filter((slip) => {
      const changed = { ...(slip.document as object), components };
      return found(changed).length === 0;
    });
    // Both parts of a delivery's `allOf` say that it is an object with a type and data. Without one, the other says it.
    const saidTwice = /^webhooks › .* › schema › allOf › \d › (?:type|required|.* › (?:\d|type|data)) left out$/;
    expect(overlooked.map(({ name }) => name).filter((name) => !saidTwice.test(name))).toEqual([]);
  });

  test("names the place, what is there and what should be", () => {
    const text = JSON.stringify(document);
    const changed = JSON.parse(text.replace('"minItems":1', '"minItems":2')) as Document;
    expect(differencesFromReference(changed)).toEqual([
      "webhooks.create › request body › events (minItems): the document has 2, not 1",
    ]);
    expect(differencesFromReference(JSON.parse(text.replaceAll("DATA_ADDED", "DATA_ADDDED")) as Document)).toHaveLength(
      3,
    );
  });

  test("finds a change of the security scheme", () => {
    const changed = {
      ...document,
      components: { ...document.components, securitySchemes: { bearer: { type: "http", scheme: "basic" } } },
    };
    expect(differencesFromReference(changed)).toContain(
      "webhooks.get › secured by › bearer › scheme: the document has basic, not bearer",
    );
  });

  test("leaves out operations that the reference does not have", () => {
    const added = { delete: { operationId: "webhooks.delete", responses: { "204": {} } } };
    expect(differencesFromReference({ ...document, paths: { ...document.paths, "/v1/other": added } })).toEqual([]);
  });

  test.each(MISMATCHES)("needs the mismatch at $place", (mismatch) => {
    const others = MISMATCHES.filter((other) => other !== mismatch);
    expect(differencesFromReference(document, REFERENCE, others)).not.toEqual([]);
  });

  test("refuses a mismatch with what is not published", () => {
    const [first] = MISMATCHES;
    const stale = {
      ...first,
      place: "webhooks.create",
      published: "PUT /v1/webhooks",
      ours: "POST /v1/webhooks",
      reason: "",
    };
    expect(differencesFromReference(document, REFERENCE, [...MISMATCHES, stale])).toEqual([
      "webhooks.create: the mismatch says that PUT /v1/webhooks is published, the reference has POST /v1/webhooks",
    ]);
  });
});

function json(schema: object, example: object = {}): object {
  return { content: { "application/json": { schema, example } } };
}

function inDocument(operation: object): Document {
  return { paths: { "/x": { post: { operationId: "a.b", "x-source": "a page", responses: {}, ...operation } } } };
}

describe("the conventions", () => {
  const text = { type: "string" };
  const open = { type: "object", properties: { a: text } };

  test.each([
    { what: "no source", operation: { "x-source": " " }, breach: "a.b: say in x-source which page it comes from." },
    { what: "an open request", operation: { requestBody: json(open) }, breach: "a.b › request body: close it" },
    {
      what: "an open object within a request",
      operation: { requestBody: json({ ...open, properties: { a: open }, additionalProperties: false }) },
      breach: "a.b › request body › a: close it",
    },
    {
      what: "a closed response",
      operation: { responses: { "200": json({ ...open, additionalProperties: false }) } },
      breach: "a.b › response 200 › body: leave it open",
    },
    {
      what: "a closed list of values in a response",
      operation: { responses: { "200": json({ ...open, properties: { a: { enum: ["b"] } } }) } },
      breach: "a.b › response 200 › body › a: let other values pass",
    },
    {
      what: "a 422",
      operation: { responses: { "422": json(open) } },
      breach: "a.b › response 422: do not declare it.",
    },
    {
      what: "an error without an example",
      operation: { responses: { "409": {} } },
      breach: "a.b › response 409: give it an example.",
    },
  ])("refuse $what", ({ operation, breach }) => {
    const all = breaches(inDocument(operation));
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(breach);
  });

  test("accept what keeps to them", () => {
    const closed = { ...open, additionalProperties: false };
    const list = { anyOf: [{ type: "string", enum: ["b"] }, text] };
    const operation = {
      requestBody: json({ ...closed, properties: { a: closed, b: { enum: ["b"] } } }),
      responses: { "200": json({ ...open, properties: { a: list } }), "409": json({ type: "object" }) },
    };
    expect(breaches(inDocument(operation))).toEqual([]);
  });
});
