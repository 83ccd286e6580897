import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { generate } from "@mindbridge-sdk/generator";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Document, parseDocument, readDocument, SPEC } from "../src/document.ts";
import { writeClient } from "../src/generated-client.ts";
import { operationsOf } from "../src/operations.ts";
import { expectAgreement, type Judged } from "../src/random/agreement.ts";
import { brokenBodies, sampleOf, withWords } from "../src/random/broken-bodies.ts";
import { emittedJudge, independentJudge, type Judge, mockJudge, type Validators } from "../src/random/judges.ts";
import { bodyRequests } from "../src/random/requests.ts";
import { readSeed, SEED_VARIABLE } from "../src/random/seed.ts";
import { asTypesSay, compile, documentAsTypesSay } from "../src/random/types.ts";
import { validBodies } from "../src/random/valid-bodies.ts";
import type { Schema } from "../src/schema.ts";
import { createValidator } from "../src/validator.ts";
import { writeExtendedDocument } from "./extended-document.ts";
import { useMock } from "./mock.ts";

const seed = readSeed();
console.log(`To draw the same bodies again: ${SEED_VARIABLE}=${seed}`);

/** In milliseconds: thousands of requests to the mock, on a machine that has other things to do. */
const TIME_OUT = 120_000;

const folder = await mkdtemp(join(tmpdir(), "random-bodies-"));
afterAll(() => rm(folder, { recursive: true }));

interface Subject {
  /** The path of the document. */
  readonly path: string;
  /** The operations that are looked at: all that take a body. */
  readonly operations: readonly string[];
  readonly document: Document;
  readonly validators: Validators;
  /** Where the client is found that has the types. */
  readonly folder: string;
  /** How many bodies are to be accepted, and how many refused. */
  readonly count: number;
  /** How many of each the compiler is asked about. */
  readonly compiled: number;
}

function testBodies(subject: Subject): void {
  const { document, count } = subject;
  const mock = useMock(() => ({ document: subject.path, silent: true }));
  const requests = bodyRequests(document).filter(({ operation }) => subject.operations.includes(operation));

  test("no operation with a body is left out", () => {
    expect(requests.map(({ operation }) => operation)).toEqual(subject.operations);
  });

  describe.each(requests)("$operation", (request) => {
    let judged: Promise<Judged[]> | undefined;
    /** Whichever test comes first has the bodies judged. */
    const judge = (): Promise<Judged[]> => {
      judged ??= judgeBodies();
      return judged;
    };
    async function judgeBodies(): Promise<Judged[]> {
      const source = await parseDocument(subject.path);
      const judges = [
        emittedJudge(request, subject.validators),
        mockJudge(request, () => mock.url),
        await independentJudge(request, source),
      ];
      const valid = validBodies(document, request.schema, request.operation);
      return mock.whileRunning(expectAgreement({ judges, valid, broken: brokenBodies(valid, request), seed, count }));
    }

    test(
      `our validator, Prism and one that is not ajv agree on ${count} valid and ${count} broken bodies`,
      async () => {
        const start = performance.now();
        const all = await judge();
        const accepted = all.filter((body) => body.accepted).length;
        const refused = all.length - accepted;
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        console.log(
          `${request.operation}: ${accepted} bodies were accepted and ${refused} refused by all three, in ${seconds} s`,
        );
        expect(accepted).toBeGreaterThanOrEqual(count);
        expect(refused).toBeGreaterThanOrEqual(count);
      },
      TIME_OUT,
    );

    test(
      "what our types accept all three accept, unless it breaks a limit that no type can say, and the reverse",
      async () => {
        const all = await judge();
        const bodies = [true, false].flatMap((wanted) =>
          all.filter(({ accepted }) => accepted === wanted).slice(0, subject.compiled),
        );
        const validate = createValidator(documentAsTypesSay(document), { coerce: false });
        const withoutLimits = asTypesSay(request.wholeSchema);
        const isOfType = (value: unknown): boolean => validate(withoutLimits, value).length === 0;

        const { compiles, words } = await compile(request, bodies, subject.folder);
        expect(bodies.map(({ text }, index) => ({ text, compiles: compiles[index] }))).toEqual(
          bodies.map(({ text, value }) => ({ text, compiles: isOfType(value) })),
        );

        // What the types list and the schema does not, no random body would hold.
        expect(words).not.toEqual([]);
        const sample = sampleOf(bodies.filter(({ accepted }) => accepted));
        const probes = withWords(sample?.value, words).map((value) => ({ value, text: JSON.stringify(value) }));
        const probed = await compile(request, probes, subject.folder);
        expect(probes.map(({ text }, index) => ({ text, compiles: probed.compiles[index] }))).toEqual(
          probes.map(({ text, value }) => ({ text, compiles: isOfType(value) })),
        );
      },
      TIME_OUT,
    );
  });
}

function withBody(document: Document): string[] {
  return operationsOf(document).flatMap(({ id, requestBody }) => (requestBody === undefined ? [] : [id]));
}

const ours = await readDocument();

describe("our document", async () => {
  const home = join(folder, "ours");
  await mkdir(join(home, "node_modules/@mindbridge-sdk"), { recursive: true });
  const client = fileURLToPath(new URL("../../../packages/client", import.meta.url));
  await symlink(client, join(home, "node_modules/@mindbridge-sdk/client"), "junction");
  testBodies({
    path: SPEC,
    operations: withBody(ours),
    document: ours,
    validators: OPERATION_VALIDATORS,
    folder: home,
    count: 1_000,
    compiled: Number.POSITIVE_INFINITY,
  });
});

describe("a document with operations of every other form, which no line was written for", async () => {
  const home = join(folder, "extended");
  const path = join(folder, "openapi.json");
  await writeExtendedDocument(path);
  await writeClient(await generate({ document: path }), home);
  const { href } = pathToFileURL(join(home, "contract/src/generated/operation-validators.ts"));
  const { OPERATION_VALIDATORS: validators } = (await import(href)) as { OPERATION_VALIDATORS: Validators };
  const document = await readDocument(path);
  const operations = withBody(document).filter((operation) => !withBody(ours).includes(operation));
  testBodies({ path, operations, document, validators, folder: home, count: 200, compiled: 50 });
});

describe("the check itself", () => {
  const document: Document = {};
  const schema: Schema = {
    type: "object",
    additionalProperties: false,
    required: ["name"],
    properties: { name: { type: "string", minLength: 1 }, size: { enum: ["S", "M"] } },
  };
  const validate = createValidator(document, { coerce: false });
  const judgeBy = (name: string, by: Schema): Judge => ({
    name,
    accepts: ({ value }) => validate(by, value).length === 0,
  });
  const valid = validBodies(document, schema, "a body");
  const options = { valid, broken: brokenBodies(valid, { required: true }), seed, count: 200 };

  test.for<[string, Schema]>([
    ["takes an empty name", { ...schema, properties: { name: { type: "string" }, size: { enum: ["S", "M"] } } }],
    [
      "knows one size less",
      { ...schema, properties: { name: { type: "string", minLength: 1 }, size: { enum: ["S"] } } },
    ],
    ["takes any property", { ...schema, additionalProperties: true }],
    ["asks for no name", { ...schema, required: [] }],
    ["takes anything", {}],
  ])("finds a validator that %s, and says so", async ([, other]) => {
    const judges = [judgeBy("the right one", schema), judgeBy("the wrong one", other)];
    const error = await expectAgreement({ ...options, judges }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    const { cause } = error as Error;
    expect(String(cause)).toMatch(
      new RegExp(
        `${SEED_VARIABLE}=${seed}\\.\\n +body: .+\\n +the right one: (accepted|refused)\\n +the wrong one: (?!\\1)`,
      ),
    );
  });

  test("takes a judge that answers something else for one that differs", async () => {
    const mute: Judge = { name: "the mute one", accepts: () => Promise.reject(new Error("503")) };
    const failing = expectAgreement({ ...options, judges: [judgeBy("the right one", schema), mute] });
    const error = await failing.catch((reason: unknown) => reason);
    expect(String((error as Error).cause)).toContain("the mute one: no verdict (Error: 503)");
  });

  test("fails where nothing is refused, or nothing accepted", async () => {
    await expect(expectAgreement({ ...options, judges: [judgeBy("anything", true)] })).rejects.toThrow(
      /^Only 0 different bodies of \d+ were refused/,
    );
    await expect(expectAgreement({ ...options, judges: [judgeBy("nothing", false)] })).rejects.toThrow(
      /^Only 0 different bodies of \d+ were accepted/,
    );
  });

  test("is content with what a narrow schema accepts", async () => {
    const narrow: Schema = { type: "boolean" };
    const bodies = validBodies(document, narrow, "a switch");
    const judges = [judgeBy("one", narrow)];
    const judged = await expectAgreement({ ...options, judges, valid: bodies, count: 100 });
    expect(
      judged
        .filter(({ accepted }) => accepted)
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(["false", "true"]);
  });

  async function draw(from: number): Promise<string[]> {
    const judged = await expectAgreement({ ...options, judges: [judgeBy("one", schema)], seed: from });
    return judged.map(({ text }) => text).toSorted();
  }

  test("draws the same bodies for the same seed", async () => {
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
  });

  test.for<[Schema, string]>([
    [{ not: {} }, "`not`"],
    [{ type: "string", format: "iban" }, "`format: iban`"],
    [{ type: "string", pattern: "(?<=a)b" }, "`pattern: (?<=a)b`"],
    [{ type: "number", multipleOf: 0.1 }, "`multipleOf: 0.1`"],
    [{ type: "array", items: { type: "array", contains: {} } }, "a body[]: no random values can be made of `contains`"],
    [{ properties: { a: { allOf: [{ pattern: "a" }, { pattern: "b" }] } } }, "a body.a: no random values can be made"],
  ])("names what no bodies can be made of: %j", ([unknown, named]) => {
    expect(() => validBodies(document, unknown, "a body")).toThrow(named);
  });

  test("makes valid bodies of every keyword it knows", () => {
    const known: Schema = {
      type: "object",
      required: ["text", "whole", "list"],
      properties: {
        text: { type: "string", minLength: 3, maxLength: 5 },
        code: { type: "string", pattern: "^[A-Z]{2}[0-9]+$" },
        when: { allOf: [{ type: "string" }, { format: "date-time" }] },
        whole: { type: "integer", minimum: -3, exclusiveMaximum: 12, multipleOf: 3 },
        part: { type: ["number", "null"], exclusiveMinimum: 0, maximum: 1 },
        list: { type: "array", minItems: 2, maxItems: 3, uniqueItems: true, items: { type: "integer" } },
        map: { type: "object", minProperties: 1, maxProperties: 2, additionalProperties: { const: 1 } },
        one: { oneOf: [{ type: "boolean" }, { enum: ["a", "b"] }] },
        any: true,
      },
    };
    fc.assert(
      fc.property(validBodies(document, known, "a body"), (body) => {
        expect(validate(known, JSON.parse(JSON.stringify(body)))).toEqual([]);
      }),
      { seed, numRuns: 300 },
    );
  });

  test("reads a seed, or draws one", () => {
    expect(readSeed({ [SEED_VARIABLE]: "-12" })).toBe(-12);
    expect(readSeed({})).not.toBe(readSeed({}));
    expect(() => readSeed({ [SEED_VARIABLE]: "twelve" })).toThrow(`${SEED_VARIABLE} is "twelve"`);
    expect(() => readSeed({ [SEED_VARIABLE]: "4294967296" })).toThrow("an integer of 32 bits");
  });
});
