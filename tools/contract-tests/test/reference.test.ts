import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  type Document,
  deliveriesOf,
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

/** A path or a delivery by itself, with what all have in common. A slip in one shows in no other. */
interface Part {
  readonly alone: Document;
  /** What of it a slip may be in. */
  readonly slipping: Document;
  readonly reference: Document;
}

function partsOf(whole: Document): Part[] {
  const { servers = [], security = [] } = whole;
  return (["paths", "webhooks"] as const).flatMap((kind) =>
    Object.entries(whole[kind] ?? {}).map(([key, item], index): Part => {
      const only = { paths: {}, webhooks: {}, [kind]: { [key]: item } };
      return {
        alone: { ...whole, ...only },
        slipping: {
          ...(kind === "paths" && index === 0 && { servers: servers.slice(0, 1), security }),
          [kind]: { [key]: item },
        },
        reference: { ...REFERENCE, paths: {}, webhooks: {}, [kind]: { [key]: REFERENCE[kind]?.[key] ?? {} } },
      };
    }),
  );
}

function* slipsOf({ alone, slipping, reference }: Part): Generator<{ name: string; found: boolean }> {
  const places = [
    "server",
    ...operationsOf(reference).map(({ id }) => id),
    ...deliveriesOf(reference).map(({ name }) => `delivery ${name}`),
  ];
  const mismatches = MISMATCHES.filter(({ place }) => places.includes(place.split(" › ", 1).join()));
  expect(differencesFromReference(alone, reference, mismatches)).toEqual([]);
  const common = Object.fromEntries(Object.entries(alone).filter(([key]) => !(key in slipping)));
  for (const slip of slips(slipping)) {
    yield { name: slip.name, found: isFound({ ...common, ...(slip.document as Document) }, reference, mismatches) };
  }
}

/** Whether a document differs, or cannot be read: nobody overlooks that either. */
function isFound(...compared: Parameters<typeof differencesFromReference>): boolean {
  try {
    return differencesFromReference(...compared).length > 0;
  } catch {
    return true;
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

  test("has the source and the basis of each published operation in spec/README.md", async () => {
    const readme = await readFile(new URL("../../../spec/README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| (`[\w.]+`) +\| (`[a-z-]+`) +\|/gm)].map(([, id, basis]) => `${id} ${basis}`);
    const basesIn = (of: Document) => operationsOf(of).map(({ id, object }) => `\`${id}\` \`${object["x-basis"]}\``);
    expect(rows).toEqual(expect.arrayContaining(basesIn(published)));
    expect(basesIn(document)).toEqual(expect.arrayContaining(rows));
  });

  test("keeps to its conventions in what is published", () => {
    expect(breaches(published)).toEqual([]);
  });

  test("has a default tenant that its own pattern allows", () => {
    const tenant = document.servers?.[0]?.variables?.tenant;
    expect(tenant?.default).toMatch(new RegExp(tenant?.["x-pattern"] ?? "^(?!)", "u"));
  });

  test("answers a 429 with a wait of 1 second, so that examples of retries are quick", () => {
    for (const { responses } of operationsOf(published)) {
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
  test("finds each slip of the hand in what is published", () => {
    const all = partsOf(published).flatMap((part) => [...slipsOf(part)]);
    expect(all.length).toBeGreaterThan(900);
    // Both parts of an `allOf` say that it is an object, and those of a delivery name its type and data. Without one, the other says it.
    const saidTwice =
      /^(?:paths|webhooks) › .* › schema › allOf › \d › (?:type|required|.* › (?:\d|type|data)) left out$/;
    const overlooked = all.filter(({ name, found }) => !found && !saidTwice.test(name));
    expect(overlooked.map(({ name }) => name)).toEqual([]);
  });

  test("passes over extensions, callbacks, links and further servers", () => {
    const schema = { type: "object", properties: { id: { type: "string", "x-note": "a note" } } };
    const before = inDocument({ responses: { "200": json(schema) } });
    const noted = { type: "object", "x-note": 1, properties: { id: { type: "string", "x-note": "another" } } };
    const after = inDocument({
      "x-note": 1,
      callbacks: { done: { "{$request.body#/url}": { post: { responses: { "204": { description: "Done." } } } } } },
      responses: { "200": { ...json(noted), links: { next: { operationId: "a.b" } } } },
    });
    const servers = [{ url: "https://one.example" }, { url: "https://two.example" }];
    const differences = differencesFromReference(
      { ...after, servers },
      { ...before, servers: servers.slice(0, 1) },
      [],
    );
    expect(differences).toEqual([]);
  });

  test("names the place, what is there and what should be", () => {
    // Operations that are added may hold the same words.
    const text = JSON.stringify(published);
    const changed = JSON.parse(text.replace('"minItems":1', '"minItems":2')) as Document;
    expect(differencesFromReference(changed)).toEqual([
      "webhooks.create › request body › events (minItems): the document has 2, not 1",
    ]);
    const lists = JSON.stringify(published.paths).split('"enum":["EXPORT_READY"').length - 1;
    expect(differencesFromReference(JSON.parse(text.replaceAll("DATA_ADDED", "DATA_ADDDED")) as Document)).toHaveLength(
      lists,
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
    const added = { delete: { operationId: "webhooks.archive", responses: { "204": {} } } };
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
  const kept = { operationId: "a.b", "x-source": "a page", "x-basis": "own-page", responses: {} };
  return { paths: { "/x": { post: { ...kept, ...operation } } } };
}

describe("the conventions", () => {
  const text = { type: "string" };
  const open = { type: "object", properties: { a: text } };

  test.each([
    { what: "no basis", operation: { "x-basis": undefined }, breach: "a.b: say in x-basis what the vendor publishes" },
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
