import { randomInt } from "node:crypto";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { generate } from "@mindbridge-sdk/generator";
import { type Document, dereference, operationsOf, readDocument, type Schema, SPEC } from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { writeClient } from "../src/generated-client.ts";
import { bodySource, expectAgreement, type Judged } from "../src/random/bodies.ts";
import { asTypesSay, compile, documentAsTypesSay, sampleOf, withWords } from "../src/random/types.ts";
import {
  type BodyValidator,
  bodyRequests,
  type EmittedValidators,
  emittedValidator,
  hasRandomBody,
  independentValidator,
  mockValidator,
} from "../src/random/validators.ts";
import { createValidator } from "../src/validator.ts";
import { extendedDocument, publishedDocument, writeDocument } from "./documents.ts";
import { useMock } from "./mock.ts";

/** `pnpm fuzz` draws other bodies in each run, and five times as many. */
const isFuzzing = process.env.MODE === "fuzz";
const seed = isFuzzing ? randomInt(2 ** 31) : 1;

/** In milliseconds: thousands of requests to the mock, on a machine that has other things to do. */
const TIME_OUT = 120_000;

const { folder, path: extendedPath } = await writeDocument(await extendedDocument());

interface Subject {
  /** The path of the document. */
  readonly path: string;
  /** The operations to test: all with a body to draw at random. */
  readonly operations: readonly string[];
  /** The document as it is written. */
  readonly written: Document;
  readonly validators: EmittedValidators;
  /** A folder in which programs find the client of the document. */
  readonly folder: string;
  /** The generated declarations of the document's schemas. */
  readonly declarations: string;
  /** The least number of bodies to be accepted, and to be refused. */
  readonly count: number;
  /** The most bodies of each kind that the compiler is asked about. */
  readonly compiled: number;
}

function testBodies(subject: Subject): void {
  const { written, count } = subject;
  const document = dereference(written);
  const validate = createValidator(document, { coerce: false });
  const mock = useMock(() => ({ document: subject.path, silent: true }));
  const requests = bodyRequests(document).filter(({ operation }) => subject.operations.includes(operation));

  test("no operation with a body is left out", () => {
    expect(requests.map(({ operation }) => operation)).toEqual(subject.operations);
  });

  describe.each(requests)("$operation", (request) => {
    let judged: Promise<Judged[]> | undefined;
    /** Has the bodies judged, once for all tests. */
    const judge = (): Promise<Judged[]> => {
      judged ??= judgeBodies();
      return judged;
    };
    async function judgeBodies(): Promise<Judged[]> {
      const { operation: what, schema, required } = request;
      const validators = [
        emittedValidator(request, subject.validators),
        mockValidator(request, () => mock.url),
        await independentValidator(request, written),
      ];
      const source = bodySource({ document, schema, validate, what, required });
      return mock.whileRunning(expectAgreement({ validators, source, seed, count }));
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
      "the types accept exactly what the schema accepts without the limits that no type expresses",
      async () => {
        const all = await judge();
        const bodies = [true, false].flatMap((wanted) =>
          all.filter(({ accepted }) => accepted === wanted).slice(0, subject.compiled),
        );
        const validateType = createValidator(documentAsTypesSay(document), { coerce: false });
        const withoutLimits = asTypesSay(request.argumentSchema);
        const isOfType = (value: unknown): boolean => validateType(withoutLimits, value).length === 0;

        const { compiles, words } = await compile(request, bodies, subject.folder, subject.declarations);
        expect(bodies.map(({ text }, index) => ({ text, compiles: compiles[index] }))).toEqual(
          bodies.map(({ text, value }) => ({ text, compiles: isOfType(value) })),
        );

        // No random body holds a value that only the types list.
        expect(words).not.toEqual([]);
        const sample = sampleOf(bodies.filter(({ accepted }) => accepted));
        const probes = withWords(sample?.value, words).map((value) => ({ value, text: JSON.stringify(value) }));
        const probed = await compile(request, probes, subject.folder, subject.declarations);
        expect(probes.map(({ text }, index) => ({ text, compiles: probed.compiles[index] }))).toEqual(
          probes.map(({ text, value }) => ({ text, compiles: isOfType(value) })),
        );
      },
      TIME_OUT,
    );
  });
}

function withBody(document: Document): string[] {
  return operationsOf(document).flatMap((operation) => (hasRandomBody(document, operation) ? [operation.id] : []));
}

const ours = await readDocument();
// Operations that the document gains are tested by the derived calls: drawing and compiling takes minutes for many.
const drawn = withBody(await publishedDocument());

describe("our document", async () => {
  const home = join(folder, "ours");
  await mkdir(join(home, "node_modules/@mindbridge-sdk"), { recursive: true });
  const client = fileURLToPath(new URL("../../../packages/client", import.meta.url));
  await symlink(client, join(home, "node_modules/@mindbridge-sdk/client"), "junction");
  testBodies({
    path: SPEC,
    operations: drawn,
    written: ours,
    validators: OPERATION_VALIDATORS,
    folder: home,
    declarations: await readFile(join(client, "../contract/src/generated/openapi.ts"), "utf8"),
    count: isFuzzing ? 1_000 : 200,
    compiled: Number.POSITIVE_INFINITY,
  });
});

describe("a document with operations of every other form, which no line was written for", async () => {
  const home = join(folder, "extended");
  await writeClient(await generate({ document: extendedPath }), home);
  const declarations = await readFile(join(home, "contract/src/generated/openapi.ts"), "utf8");
  const { href } = pathToFileURL(join(home, "contract/src/generated/operation-validators.ts"));
  const { OPERATION_VALIDATORS: validators } = (await import(href)) as { OPERATION_VALIDATORS: EmittedValidators };
  const written = await readDocument(extendedPath);
  const operations = withBody(written).filter((operation) => !drawn.includes(operation));
  const count = isFuzzing ? 200 : 40;
  testBodies({ path: extendedPath, operations, written, validators, folder: home, declarations, count, compiled: 50 });
});

describe("the check itself", () => {
  const document: Document = {};
  const validate = createValidator(document, { coerce: false });
  const schema: Schema = {
    type: "object",
    additionalProperties: false,
    required: ["name"],
    properties: { name: { type: "string", minLength: 1 }, size: { enum: ["S", "M"] } },
  };
  const sourceOf = (of: Schema) => bodySource({ document, schema: of, validate, what: "a body", required: true });
  const validatorBy = (name: string, by: Schema): BodyValidator => ({
    name,
    accepts: ({ value }) => validate(by, value).length === 0,
  });
  const options = { source: sourceOf(schema), seed, count: 200 };

  test.for<[what: string, other: Schema, body: RegExp]>([
    [
      "takes an empty name",
      { ...schema, properties: { name: { type: "string" }, size: { enum: ["S", "M"] } } },
      /^\{"name":""\}$/,
    ],
    [
      "knows one size less",
      { ...schema, properties: { name: { type: "string", minLength: 1 }, size: { enum: ["S"] } } },
      /^\{"name":".","size":"M"\}$/u,
    ],
    [
      "takes any property",
      { ...schema, additionalProperties: true },
      /^\{"name":".","\w+":(""|0|true|false|null|\[\]|\{\})\}$/u,
    ],
    ["asks for no name", { ...schema, required: [] }, /^\{\}$/],
    ["takes anything", {}, /^(""|0|true|false|null|\[\]|\{\})$/],
  ])("finds a validator that %s, and shows the smallest body", async ([, other, body]) => {
    const validators = [validatorBy("the right one", schema), validatorBy("the wrong one", other)];
    const error = await expectAgreement({ ...options, validators }).catch((reason: unknown) => reason);
    const [first, shown = "", ...verdicts] = String(error).split("\n");
    expect(first).toBe(`Error: The validators differ on a body that was drawn with the seed ${seed}.`);
    expect(shown.replace("  body: ", "")).toMatch(body);
    expect(verdicts.map((line) => line.split(": ").slice(1).join()).toSorted()).toEqual(["accepted", "refused"]);
  });

  test("reports a validator that has no verdict", async () => {
    const failing = { name: "a dead one", accepts: () => Promise.reject(new Error("gone")) };
    const validators = [validatorBy("one", schema), failing];
    await expect(expectAgreement({ ...options, validators })).rejects.toThrow("a dead one: no verdict (Error: gone)");
  });

  test("fails where too few bodies are refused, or accepted", async () => {
    await expect(expectAgreement({ ...options, validators: [validatorBy("all", true)] })).rejects.toThrow(
      /^Only 0 different bodies of \d+ were refused/,
    );
    await expect(expectAgreement({ ...options, validators: [validatorBy("none", false)] })).rejects.toThrow(
      /^Only 0 different bodies of \d+ were accepted/,
    );
  });

  test("is content with all the bodies that a narrow schema accepts", async () => {
    const narrow: Schema = { type: "boolean" };
    const validators = [validatorBy("one", narrow)];
    const judged = await expectAgreement({ validators, source: sourceOf(narrow), seed, count: 100 });
    const accepted = judged.filter((body) => body.accepted).map(({ text }) => text);
    expect(accepted.toSorted()).toEqual(["false", "true"]);
  });

  test("draws the same bodies for the same seed", async () => {
    const draw = async (from: number): Promise<string[]> => {
      const judged = await expectAgreement({ ...options, validators: [validatorBy("one", schema)], seed: from });
      return judged.map(({ text }) => text);
    };
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
  });

  test.for<[Schema, string]>([
    [{ not: {} }, "`not` at (whole)"],
    [{ type: "string", pattern: "(?<=a)b" }, "`pattern` at (whole)"],
    [{ type: "array", minItems: 1, items: { type: "array", items: { not: {} }, minItems: 1 } }, "`not` at 0.0"],
  ])("names the keyword that no bodies can be made of: %j", ([unable, named]) => {
    expect(() => sourceOf(unable)).toThrow(named);
  });

  test("makes valid bodies of many keywords, and breaks each", () => {
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
    const { valid, broken } = sourceOf(known);
    const seeds = Array.from({ length: 500 }, (_, index) => seed + index);
    const accepted = seeds.filter((each) => validate(known, valid(each)).length === 0);
    expect(accepted.length).toBeGreaterThan(seeds.length / 2);
    const codes = new Set(seeds.flatMap((each) => validate(known, broken(each)).map(({ code }) => code)));
    const keywords = "type required minLength maxLength pattern format minimum exclusiveMaximum multipleOf";
    for (const keyword of [...keywords.split(" "), "minItems", "uniqueItems", "const", "oneOf"])
      expect(codes).toContain(keyword);
  });
});
