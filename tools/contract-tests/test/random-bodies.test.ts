import { randomInt } from "node:crypto";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MindBridge } from "@mindbridge-sdk/client";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { generate, readModel } from "@mindbridge-sdk/generator";
import { type Document, dereference, readDocument, type Schema, SPEC } from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { writeClient } from "../src/generated-client.ts";
import { bodySource, expectAgreement, type Judged } from "../src/random/bodies.ts";
import { asTypesSay, compile, documentAsTypesSay, isExpressible, sampleOf, withWords } from "../src/random/types.ts";
import {
  type Body,
  type BodyRequest,
  type BodyValidator,
  bodyRequests,
  decider,
  type EmittedValidators,
  emittedValidator,
  independentValidator,
  isReadByPrism,
  mockValidator,
  OWN_FORMATS,
} from "../src/random/validators.ts";
import type { ClientClass } from "../src/run-case.ts";
import { createValidator } from "../src/validator.ts";
import { extendedDocument, writeDocument } from "./documents.ts";
import { useMock } from "./mock.ts";

/** `pnpm fuzz` draws other bodies in each run. */
const isFuzzing = process.env.MODE === "fuzz";
const seed = isFuzzing ? randomInt(2 ** 31) : 1;

/** The fewest bodies of a request to be accepted, and to be refused. */
const LEAST = 20;

/** In milliseconds: thousands of requests to the mock, on a machine that has other things to do. */
const TIME_OUT = 120_000;

interface Subject {
  /** The path of the document. */
  readonly path: string;
  readonly MindBridge: ClientClass;
  readonly validators: EmittedValidators;
  /** A folder in which programs find the client of the document. */
  readonly folder: string;
  /** The generated declarations of the document's schemas. */
  readonly declarations: string;
  /** How many bodies are due to be accepted, and as many to be refused: of all requests together, but at least a few of each. */
  readonly bodies: number;
  /** The operations to test. By default all with a body to draw at random. */
  readonly isTested?: (operation: string) => boolean;
}

async function testBodies({ path, isTested = () => true, ...subject }: Subject): Promise<void> {
  const written = await readDocument(path);
  const model = readModel(written);
  const document = dereference(model.document);
  const validate = createValidator(document, { coerce: false, formats: OWN_FORMATS });
  const mock = useMock(() => ({ document: path, silent: true }));
  const found = await bodyRequests(written, model, subject.MindBridge);
  const requests = found.requests.filter(({ operation }) => isTested(operation));
  // `pnpm fuzz` draws five times as many.
  const together = subject.bodies * (isFuzzing ? 5 : 1);
  const count = Math.max(LEAST, Math.floor(together / Math.max(1, requests.length)));

  // The reason is the title.
  test.skip.for(found.leftOut.filter(({ operation }) => isTested(operation)))("$operation: $reason", () => {});

  const judged = new Map<BodyRequest, Promise<Judged[]>>();
  /** Has the bodies of a request judged, once for all tests. */
  function judge(request: BodyRequest): Promise<Judged[]> {
    const known = judged.get(request) ?? judgeBodies(request);
    judged.set(request, known);
    return known;
  }
  async function judgeBodies(request: BodyRequest): Promise<Judged[]> {
    const { operation: what, schema, required, isMocked } = request;
    const validators = [
      emittedValidator(request, subject.validators),
      ...(isMocked ? [mockValidator(request, () => mock.url)] : []),
      await independentValidator(request, model.document),
    ];
    const source = bodySource({ document, schema, validate, what, required });
    return mock.whileRunning(
      expectAgreement({ validators, source, seed, count, isDecidable: decider(schema, validate) }),
    );
  }

  test.for(requests)(
    "$operation: our validator, Prism and one that is not ajv agree on valid and broken bodies",
    { timeout: TIME_OUT },
    async (request) => {
      const start = performance.now();
      const all = await judge(request);
      const accepted = all.filter((body) => body.accepted).length;
      const refused = all.length - accepted;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(
        `${request.operation}: ${accepted} bodies were accepted and ${refused} refused by all, in ${seconds} s`,
      );
    },
  );

  test(
    "the types accept exactly what the schemas accept without the limits that no type expresses",
    async () => {
      const validateType = createValidator(documentAsTypesSay(document), { coerce: false });
      const compileAll = async (
        all: readonly { readonly request: BodyRequest; readonly bodies: readonly Body[] }[],
      ) => {
        const compilations = await compile(all, subject.folder, subject.declarations);
        const verdicts = all.flatMap(({ request, bodies }, index) => {
          const withoutLimits = asTypesSay(request.argumentSchema);
          const isExact = isExpressible(request.argumentSchema);
          return bodies.flatMap(({ value, text }, each) => {
            const due = validateType(withoutLimits, value).length === 0;
            const compiles = compilations[index]?.compiles[each];
            // If the schema has a keyword that types cannot express, they may accept more.
            return isExact || due ? [{ call: `${request.operation}(${text})`, due, compiles }] : [];
          });
        });
        expect(verdicts.filter(({ due, compiles }) => due !== compiles)).toEqual([]);
        return compilations;
      };
      const bodies = await Promise.all(requests.map(async (request) => ({ request, bodies: await judge(request) })));
      const compilations = await compileAll(bodies);

      // No random body holds a value that only the types list.
      await compileAll(
        bodies.map(({ request, bodies: all }, index) => {
          const { words = [] } = compilations[index] ?? {};
          const sample = sampleOf(all.filter(({ accepted }) => accepted));
          const probes = withWords(sample?.value, words);
          return { request, bodies: probes.map((value) => ({ value, text: JSON.stringify(value) })) };
        }),
      );
    },
    TIME_OUT,
  );
}

describe("our document", async () => {
  const { folder } = await writeDocument({});
  await mkdir(join(folder, "node_modules/@mindbridge-sdk"), { recursive: true });
  const client = fileURLToPath(new URL("../../../packages/client", import.meta.url));
  await symlink(client, join(folder, "node_modules/@mindbridge-sdk/client"), "junction");
  const declarations = await readFile(join(client, "../contract/src/generated/openapi.ts"), "utf8");
  await testBodies({ path: SPEC, MindBridge, validators: OPERATION_VALIDATORS, folder, declarations, bodies: 400 });
});

describe("a document with operations of every other form, which no line was written for", async () => {
  const { folder, path } = await writeDocument(await extendedDocument());
  await writeClient(await generate({ document: path }), folder);
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
  await testBodies({
    path,
    MindBridge: (await load("client/src/index.ts")).MindBridge as ClientClass,
    validators: (await load("contract/src/generated/operation-validators.ts"))
      .OPERATION_VALIDATORS as EmittedValidators,
    folder,
    declarations: await readFile(join(folder, "contract/src/generated/openapi.ts"), "utf8"),
    bodies: 80,
    isTested: (operation) => operation.startsWith("hooks."),
  });
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

  test("expects of the type of a map that it requires no name, and knows no patterns of names", () => {
    const map: Schema = { type: "object", additionalProperties: { type: "string" } };
    expect([map, { ...map, required: ["a"] }].map((each) => isExpressible(each))).toEqual([true, false]);
    const said = asTypesSay({ type: "object", patternProperties: { "^x-": { type: "string" } } });
    const accepted = [{ "x-a": "b" }, { other: "b" }, { other: {} }].map((value) => validate(said, value).length === 0);
    expect(accepted).toEqual([true, true, false]);
  });

  test("expects no exact type of a choice that adds properties to others", () => {
    const anyOf: Schema[] = [{ properties: { note: {} } }, { required: ["to"] }];
    expect([{ anyOf }, { properties: { to: {} }, anyOf }].map((each) => isExpressible(each))).toEqual([true, false]);
  });

  test("is content with all the bodies that a narrow schema accepts", async () => {
    const narrow: Schema = { type: "boolean" };
    const validators = [validatorBy("one", narrow)];
    const judged = await expectAgreement({ validators, source: sourceOf(narrow), seed, count: 100 });
    const accepted = judged.filter((body) => body.accepted).map(({ text }) => text);
    expect(accepted.toSorted()).toEqual(["false", "true"]);
  });

  test("leaves out a body that breaks a format alone, also where a branch of several refuses it for that", () => {
    const host: Schema = { type: "object", properties: { host: { type: "string", format: "hostname" } } };
    for (const each of [host, { oneOf: [host, { type: "null" }] }] satisfies Schema[]) {
      const isDecidable = decider(each, validate);
      expect([{ host: "-" }, { host: "a" }, { host: 1 }].map(isDecidable)).toEqual([false, true, true]);
    }
  });

  test.for<[Schema, boolean]>([
    [{ multipleOf: 5 }, true],
    [{ items: { multipleOf: 0.01 } }, false],
    [{ properties: { name: true } }, true],
    [{ properties: { constructor: true } }, false],
  ])("asks Prism about %j: %s", ([each, due]) => {
    expect(isReadByPrism(each)).toBe(due);
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
