import { describe, expect, test } from "vitest";
import { type Document, parseDocument, readDocument } from "../src/document.ts";
import { deliveryDifference } from "../src/mutants/delivery-judge.ts";
import { add, addItem, type Edit, remove, removeItem, rename, replace, replaceItem } from "../src/mutants/edits.ts";
import { JUDGES, type Verdict } from "../src/mutants/judge.ts";
import { type Mutant, mutate } from "../src/mutants/mutant.ts";
import { MUTANTS } from "../src/mutants/mutants.ts";
import { problemsOf, type Result, totalsOf } from "../src/mutants/result.ts";
import { runMutants } from "../src/mutants/run.ts";
import { formatTable } from "../src/mutants/table.ts";

describe("an edit", () => {
  const document = { "a/b": { first: 1, second: 2 }, list: ["x", "y"] };
  const changed = (edit: Edit): unknown => mutate(document, { name: "it", edits: [edit] });

  test.each([
    { what: "a value is replaced", edit: replace("/a~1b/first", 3), result: { first: 3, second: 2 } },
    { what: "a value is removed", edit: remove("/a~1b/first"), result: { second: 2 } },
    { what: "a value is added", edit: add("/a~1b/third", 3), result: { first: 1, second: 2, third: 3 } },
    { what: "a key is renamed in its place", edit: rename("/a~1b/first", "1st"), result: { "1st": 1, second: 2 } },
  ])("$what", ({ edit, result }) => {
    const after = changed(edit) as typeof document;
    expect(JSON.stringify(after["a/b"])).toBe(JSON.stringify(result));
    expect(document["a/b"]).toEqual({ first: 1, second: 2 });
  });

  test.each([
    { what: "an item is removed", edit: removeItem("/list", "x"), result: ["y"] },
    { what: "an item is removed by its index", edit: remove("/list/0"), result: ["y"] },
    { what: "an item is added", edit: addItem("/list", "z"), result: ["x", "y", "z"] },
    { what: "an item is replaced", edit: replaceItem("/list", "x", "z"), result: ["z", "y"] },
  ])("$what", ({ edit, result }) => {
    expect(changed(edit)).toHaveProperty("list", result);
  });

  test.each([
    { what: "replaces nothing", edit: replace("/a~1b/third", 3) },
    { what: "replaces a value by itself", edit: replace("/a~1b/first", 1) },
    { what: "replaces in nothing", edit: replace("/c/first", 1) },
    { what: "removes nothing", edit: remove("/a~1b/third") },
    { what: "adds what is there", edit: add("/a~1b/first", 1) },
    { what: "renames nothing", edit: rename("/a~1b/third", "3rd") },
    { what: "removes no item", edit: removeItem("/list", "z") },
    { what: "replaces no item", edit: replaceItem("/list", "z", "x") },
    { what: "adds an item to no list", edit: addItem("/a~1b", "z") },
  ])("is refused if it $what", ({ edit }) => {
    expect(() => changed(edit)).toThrow('The mutant "it" cannot be made');
  });
});

describe("the mutants", () => {
  test("are each a change of the document as it is, with a name of its own", async () => {
    const document = await parseDocument();
    const texts = MUTANTS.map((mutant) => JSON.stringify(mutate(document, mutant)));
    expect(new Set([JSON.stringify(document), ...texts]).size).toBe(MUTANTS.length + 1);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
  });
});

describe("the judgement of a mutant", () => {
  const byTypes: Mutant = {
    name: "renamed",
    edits: [replace("/paths/~1v1~1webhooks~1{webhookId}/get/operationId", "webhooks.read")],
  };
  const byGenerator: Mutant = {
    name: "no JSON",
    edits: [rename("/paths/~1v1~1webhooks/post/requestBody/content/application~1json", "text/plain")],
  };
  const byContract: Mutant = {
    name: "optional",
    edits: [replace("/paths/~1v1~1webhooks/post/requestBody/required", false)],
  };
  const byFacts: Mutant = {
    name: "elsewhere",
    edits: [replace("/servers/0/url", "https://{tenant}.mindbridge.com/api")],
  };

  test("is that of the judge who can tell, and of no other", async () => {
    const { control, results } = await runMutants([byGenerator, byTypes, byContract, byFacts]);
    expect(control).toEqual({});
    expect(results.map(({ verdict }) => Object.keys(verdict))).toEqual([
      ["generator", "contract", "fidelity"],
      ["types", "fidelity"],
      ["contract", "fidelity"],
      ["fidelity"],
    ]);
    expect(results.map(({ verdict }) => Object.values(verdict)[0])).toEqual([
      expect.stringContaining("json-only"),
      expect.stringContaining("Property 'get' does not exist on type 'WebhooksResource'"),
      expect.stringContaining("webhooks.create › without a body → refused: The call resolved"),
      expect.stringContaining("server"),
    ]);
  });
});

describe("the comparison of deliveries", async () => {
  const document = await readDocument();
  const text = JSON.stringify(document.webhooks);
  const changed = (before: string, after: string): Document => {
    expect(text).toContain(before);
    return { ...document, webhooks: JSON.parse(text.replaceAll(before, after)) as Document["webhooks"] & object };
  };

  test("finds no difference where there is none", () => {
    expect(deliveryDifference(document, structuredClone(document))).toBeUndefined();
  });

  test.each([
    { before: '"const":"analysis.failed"', after: '"const":"analysis.broken"', due: "must be equal to constant" },
    { before: '"webhook-id"', after: '"x-webhook-id"', due: "header (whole): must have required property" },
    { before: '"analysis.failed":{"post"', after: '"analysis.failed":{"put"', due: "analysis.failed: it is no POST" },
    { before: '"analysis.failed":{', after: '"analysis.broken":{', due: "analysis.failed: it is not there" },
  ])("finds $due", ({ before, after, due }) => {
    expect(deliveryDifference(document, changed(before, after))).toContain(due);
  });

  test("finds what one requires and the other does not, whichever it is", () => {
    const looser = changed('"required":["analysisId","engagementId"]', '"required":["analysisId"]');
    const due = "delivery analysis.failed › body › data: required (engagementId) is let through";
    expect(deliveryDifference(document, looser)).toBe(due);
    expect(deliveryDifference(looser, document)).toBe(due);
  });
});

describe("the outcome", () => {
  const mutant = (parts: Partial<Mutant>): Mutant => ({ name: "it", edits: [], ...parts });
  const result = (verdict: Verdict, parts: Partial<Mutant> = {}): Result => ({ mutant: mutant(parts), verdict });
  const killed = result({ types: "a", contract: "b", fidelity: "c" });
  /** Enough that are killed, so that one that is not stands for itself. */
  const others = Array.from({ length: 10 }, () => killed);

  test("is good where all are killed, or have a reason that holds", () => {
    const known = [result({ fidelity: "c" }, { onlyFidelity: "why" }), result({}, { survives: "why" })];
    expect(problemsOf({}, [...others, ...known])).toEqual([]);
  });

  test.each([
    { what: "a survivor without a reason", one: result({}), problem: "survives, without a reason" },
    {
      what: "one that the facts alone kill, without a reason",
      one: result({ fidelity: "c" }),
      problem: "is killed by the facts alone, without a reason",
    },
    {
      what: "a survivor that is killed",
      one: result({ fidelity: "c" }, { survives: "why" }),
      problem: "is killed by fidelity, although a reason says why it survives",
    },
    {
      what: "one that not the facts alone kill",
      one: result({ contract: "b", fidelity: "c" }, { onlyFidelity: "why" }),
      problem: "is killed by contract, although a reason says why only the facts kill it",
    },
    {
      what: "one that not even the facts kill",
      one: result({}, { onlyFidelity: "why" }),
      problem: "survives, without a reason",
    },
    { what: "two reasons", one: result({}, { onlyFidelity: "why", survives: "why" }), problem: "has two reasons" },
  ])("is bad with $what", ({ one, problem }) => {
    expect(problemsOf({}, [...others, one])).toEqual([expect.stringContaining(`"it" ${problem}`)]);
  });

  test.each(JUDGES)("is bad if %s kills the document as it is", (judge) => {
    expect(problemsOf({ [judge]: "what it says" }, others)).toEqual([
      `The document as it is: ${judge} finds fault with it. what it says`,
    ]);
  });

  test("is bad if fewer than 25 of 30 are killed without the facts", () => {
    const byFacts = result({ fidelity: "c" }, { onlyFidelity: "why" });
    const of = (kills: number, rest: number): Result[] => [
      ...Array.from({ length: kills }, () => killed),
      ...Array.from({ length: rest }, () => byFacts),
    ];
    expect(problemsOf({}, of(25, 5))).toEqual([]);
    expect(problemsOf({}, of(24, 6))).toEqual([
      "24 of 30 mutants are killed without the facts: at least 25 have to be.",
    ]);
  });

  test("is a table with totals and reasons", () => {
    const results = [
      result({ generator: "a", contract: "b", fidelity: "c" }, { name: "one" }),
      result({ fidelity: "c" }, { name: "two", onlyFidelity: "Nobody asks." }),
      result({}, { name: "three", survives: "Nobody cares." }),
    ];
    expect(totalsOf(results)).toEqual({
      mutants: 3,
      generator: 1,
      types: 0,
      contract: 1,
      fidelity: 2,
      withoutFidelity: 1,
      survivors: 1,
    });
    const lines = formatTable(results).split("\n");
    expect(lines.map((line) => line.replaceAll(/ +/g, " "))).toEqual([
      "mutant generator types contract fidelity",
      "one killed - killed killed",
      "two killed",
      "three",
      "",
      "of 3 1 0 1 2",
      "1 are killed without the facts, 1 survive.",
      "",
      '"two" is killed by the facts alone: Nobody asks.',
      '"three" survives: Nobody cares.',
    ]);
    expect(lines[2]?.indexOf("killed")).toBe(lines[0]?.indexOf("fidelity"));
  });
});
