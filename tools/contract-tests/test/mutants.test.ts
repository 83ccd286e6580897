import { edited, edits, readDocument } from "@mindbridge-sdk/openapi";
import { type Change, CORPUS, MISSING } from "@mindbridge-sdk/openapi/corpus";
import { describe, expect, test } from "vitest";
import { formatTable, problemsOf, totalsOf } from "../src/mutants/outcome.ts";
import { MUTANTS, mutant, ORACLES, type Result, runMutants, type Verdict } from "../src/mutants/run.ts";

const { rename, replace } = edits;

/** In milliseconds: five documents are generated from, compiled and served, on a machine that has other things to do. */
const TIME_OUT = 180_000;

describe("the corpus", () => {
  test("has a name for each change, which no other change of its area has", () => {
    for (const changes of Object.values(CORPUS)) {
      expect(new Set(changes.map(({ title }) => title)).size).toBe(changes.length);
    }
  });

  test("has different changes of the document as it is, for the oracles", async () => {
    const document = await readDocument();
    const texts = MUTANTS.map((change) => JSON.stringify(mutant(document, change)));
    expect(new Set([JSON.stringify(document), ...texts]).size).toBe(MUTANTS.length + 1);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
  });

  test("has different changes of the document with what it is missing, for the comparison", async () => {
    const document = edited(await readDocument(), MISSING);
    const rated = Object.values(CORPUS).flatMap((changes) => changes.filter(({ made }) => made !== undefined));
    const texts = rated.map((change) => JSON.stringify(mutant(document, change)));
    expect(new Set([JSON.stringify(document), ...texts]).size).toBe(rated.length + 1);
    for (const { title, made, undone } of rated) expect([made, undone], title).not.toContain(undefined);
  });

  test("ends a run with the title of a change that cannot be made", async () => {
    const change = { title: "nothing", edits: [replace("/nowhere", 1)] };
    await expect(runMutants([change])).rejects.toThrow('The change "nothing" cannot be made');
  });
});

describe("the verdict on a change", () => {
  const byTypes: Change = {
    title: "renamed",
    edits: [replace("/paths/~1v1~1webhooks~1{webhookId}/get/operationId", "webhooks.read")],
  };
  const byGenerator: Change = {
    title: "another form",
    edits: [rename("/paths/~1v1~1webhooks/post/requestBody/content/application~1json", "multipart/mixed")],
  };
  const byContract: Change = {
    title: "optional",
    edits: [replace("/paths/~1v1~1webhooks/post/requestBody/required", false)],
  };
  const byReference: Change = {
    title: "elsewhere",
    edits: [replace("/servers/0/url", "https://{tenant}.mindbridge.com/api")],
  };

  test(
    "comes from each oracle that can tell, and from no other",
    async () => {
      const { control, results } = await runMutants([byGenerator, byTypes, byContract, byReference]);
      expect(control).toEqual({});
      expect(results.map(({ verdict }) => Object.keys(verdict))).toEqual([
        ["generator", "contract", "reference"],
        ["types", "reference"],
        ["contract", "reference"],
        ["reference"],
      ]);
      expect(results.map(({ verdict }) => Object.values(verdict)[0])).toEqual([
        expect.stringContaining("media-types"),
        expect.stringContaining("Property 'get' does not exist on type 'WebhooksResource'"),
        expect.stringContaining("webhooks.create › without a body → refused: The call resolved"),
        expect.stringContaining("server"),
      ]);
    },
    TIME_OUT,
  );
});

describe("the outcome", () => {
  const result = (verdict: Verdict, parts: Partial<Change> = {}): Result => ({
    change: { title: "it", edits: [], noticed: "by tests", ...parts },
    verdict,
  });
  const noticed = result({ types: "a", contract: "b", reference: "c" });
  /** Enough changes that are noticed, so that one that is not does not change the share. */
  const others = Array.from({ length: 10 }, () => noticed);
  const byReference = { noticed: { byReferenceAlone: "why" } } as const;
  const byNobody = { noticed: { byNobody: "why" } } as const;

  test("is good where each change is noticed by whom the corpus names", () => {
    const known = [result({ reference: "c" }, byReference), result({}, byNobody)];
    expect(problemsOf({}, [...others, ...known])).toEqual([]);
  });

  test.each([
    { one: result({}), problem: "is noticed by nobody, not by tests" },
    { one: result({ reference: "c" }), problem: "is noticed by reference, not by tests" },
    { one: result({ reference: "c" }, byNobody), problem: "is noticed by reference, not by nobody" },
    { one: result({ contract: "b", reference: "c" }, byReference), problem: "is noticed by tests, not by reference" },
    { one: result({ generator: "a" }, byNobody), problem: "is noticed by tests, not by nobody" },
    { one: result({}, byReference), problem: "is noticed by nobody, not by reference" },
  ])("is bad where a change $problem", ({ one, problem }) => {
    expect(problemsOf({}, [...others, one])).toEqual([expect.stringContaining(`"it" ${problem}`)]);
  });

  test.each(ORACLES)("is bad if %s reports the document as it is", (oracle) => {
    expect(problemsOf({ [oracle]: "what it says" }, others)).toEqual([
      `The document as it is: ${oracle} reports what it says`,
    ]);
  });

  test("is bad if fewer than 25 of 30 are noticed without the reference", () => {
    const of = (tests: number, reference: number): Result[] => [
      ...Array.from({ length: tests }, () => noticed),
      ...Array.from({ length: reference }, () => result({ reference: "c" }, byReference)),
    ];
    expect(problemsOf({}, of(25, 5))).toEqual([]);
    expect(problemsOf({}, of(24, 6))).toEqual([
      "Only 24 of 30 changes are noticed without the reference. At least 25 have to be.",
    ]);
  });

  test("is a table with totals and reasons", () => {
    const results = [
      result({ generator: "a", contract: "b", reference: "c" }, { title: "one" }),
      result({ reference: "c" }, { title: "two", noticed: { byReferenceAlone: "Nobody asks." } }),
      result({}, { title: "three", noticed: { byNobody: "Nobody cares." } }),
    ];
    expect(totalsOf(results)).toEqual({
      changes: 3,
      generator: 1,
      types: 0,
      contract: 1,
      reference: 2,
      withoutReference: 1,
      survivors: 1,
    });
    const lines = formatTable(results).split("\n");
    expect(lines.map((line) => line.replaceAll(/ +/g, " "))).toEqual([
      "change generator types contract reference",
      "one notices - notices notices",
      "two notices",
      "three",
      "",
      "of 3 1 0 1 2",
      "1 are noticed without the reference, 1 by nobody.",
      "",
      '"two" is noticed by the reference alone: Nobody asks.',
      '"three" is noticed by nobody: Nobody cares.',
    ]);
    expect(lines[2]?.indexOf("notices")).toBe(lines[0]?.indexOf("reference"));
  });
});
