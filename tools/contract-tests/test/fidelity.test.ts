import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { breaches } from "../src/conventions.ts";
import { DEPARTURES } from "../src/departures.ts";
import { type Document, readDocument } from "../src/document.ts";
import { FACTS } from "../src/facts.ts";
import { differencesFromFacts } from "../src/fidelity.ts";
import { examplesOf, jsonContent, operationsOf } from "../src/operations.ts";
import { isRecord } from "../src/schema.ts";
import { writePublishedDocument } from "./published-document.ts";
import { slips } from "./slips.ts";

const document = await readDocument();
const published = await readDocument(await writePublishedDocument());

/** The differences, or what makes the document unreadable, which nobody overlooks either. */
function found(changed: unknown): string[] {
  try {
    return differencesFromFacts(changed as Document);
  } catch (error) {
    return [String(error)];
  }
}

describe("the document", () => {
  test("says what is published, but for the departures", () => {
    expect(differencesFromFacts(document)).toEqual([]);
  });

  test("keeps to its conventions", () => {
    expect(breaches(document)).toEqual([]);
  });

  test("takes a tenant for its example that its own pattern allows", () => {
    const tenant = document.servers?.[0]?.variables?.tenant;
    expect(tenant?.default).toMatch(new RegExp(tenant?.["x-pattern"] ?? "^(?!)", "u"));
  });

  test("answers a 429 with a wait of 1 second, so that examples of retries are quick", () => {
    for (const { responses } of operationsOf(document)) {
      expect(responses["429"]?.headers?.["X-User-Hour-Limit-Remaining"]?.example).toBe(1);
    }
  });

  test("has the public half of RFC 8032's first test key for the key of its examples", () => {
    // Section 7.1, test 1: the private half is published, so that anyone can sign what the mocked webhook verifies.
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    const { x } = createPublicKey(privateKey).export({ format: "jwk" });

    const keys = operationsOf(document)
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap(({ content }) => examplesOf(jsonContent(content) ?? {}))
      .flatMap(({ value }) => (isRecord(value) && "publicKey" in value ? [String(value.publicKey)] : []));
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
  // Only what the facts know.
  const { servers, security, paths, webhooks, components } = published;
  const all = [...slips({ servers, security, paths, webhooks })];

  test("finds each slip of the hand in what is published", () => {
    expect(all.length).toBeGreaterThan(900);
    const overlooked = all.filter((slip) => {
      const changed = { ...(slip.document as object), components };
      return found(changed).length === 0;
    });
    // Both parts of a delivery's `allOf` say that it is an object with a type and data: one of them may go.
    const saidTwice = /^webhooks › .* › schema › allOf › \d › (?:type|required|.* › (?:\d|type|data)) left out$/;
    expect(overlooked.map(({ name }) => name).filter((name) => !saidTwice.test(name))).toEqual([]);
  });

  test("says what is where", () => {
    const text = JSON.stringify(document);
    const changed = JSON.parse(text.replace('"minItems":1', '"minItems":2')) as Document;
    expect(differencesFromFacts(changed)).toEqual([
      "webhooks.create › request body › events (minItems): the document has 2, but 1 is due",
    ]);
    expect(differencesFromFacts(JSON.parse(text.replaceAll("DATA_ADDED", "DATA_ADDDED")) as Document)).toHaveLength(3);
  });

  test("finds a change of the security scheme", () => {
    const changed = {
      ...document,
      components: { ...document.components, securitySchemes: { bearer: { type: "http", scheme: "basic" } } },
    };
    expect(differencesFromFacts(changed)).toContain(
      "webhooks.get › secured by › bearer › scheme: the document has basic, but bearer is due",
    );
  });

  test("leaves operations alone that the facts do not know", () => {
    const added = { delete: { operationId: "webhooks.delete", responses: { "204": {} } } };
    expect(differencesFromFacts({ ...document, paths: { ...document.paths, "/v1/other": added } })).toEqual([]);
  });

  test.each(DEPARTURES)("needs the departure at $place", (departure) => {
    const others = DEPARTURES.filter((other) => other !== departure);
    expect(differencesFromFacts(document, FACTS, others)).not.toEqual([]);
  });

  test("refuses a departure from what is not published so", () => {
    const [first] = DEPARTURES;
    const stale = {
      ...first,
      place: "webhooks.create",
      published: "PUT /v1/webhooks",
      ours: "POST /v1/webhooks",
      reason: "",
    };
    expect(differencesFromFacts(document, FACTS, [...DEPARTURES, stale])).toEqual([
      "webhooks.create: the departure takes PUT /v1/webhooks for published, the facts say POST /v1/webhooks",
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

  test("take what is as it should be", () => {
    const closed = { ...open, additionalProperties: false };
    const list = { anyOf: [{ type: "string", enum: ["b"] }, text] };
    const operation = {
      requestBody: json({ ...closed, properties: { a: closed, b: { enum: ["b"] } } }),
      responses: { "200": json({ ...open, properties: { a: list } }), "409": json({ type: "object" }) },
    };
    expect(breaches(inDocument(operation))).toEqual([]);
  });
});
