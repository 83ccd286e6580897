import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mapSubschemas, type Schema, type SchemaObject } from "@mindbridge-sdk/openapi";
import { beforeAll, expect, test } from "vitest";
import { checkSchemas } from "../src/check-schemas.ts";
import { evaluate } from "../src/evaluate.ts";
import { documentOf, type Generated, generateValidators } from "./validators.ts";

const FOLDER = join(import.meta.dirname, "json-schema-test-suite");

/** A schema of the suite, and values with the verdict on each. */
interface Case {
  readonly description: string;
  readonly schema: Schema;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
const suite = files.flatMap((file) => {
  const cases = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Case[];
  return cases.map((each) => ({ ...each, keyword: file.replace(".json", "") }));
});

/** The schemas of the suite as components of one document. */
const schemas = Object.fromEntries(suite.map(({ schema }, index) => [`Case${index}`, moved(schema, `Case${index}`)]));
const findings = checkSchemas(documentOf(schemas));
/** Those that cannot have a validator. Limits that no value keeps can, and the lint refuses them as mistakes. */
const unfollowable = findings.filter(({ rule }) => rule !== "schema-limits");
const refused = new Set(unfollowable.map(({ pointer }) => pointer.split("/")[3]));
const isRefused = (index: number) => refused.has(`Case${index}`);

let generated: Readonly<Record<string, Generated>>;
beforeAll(async () => {
  const accepted = Object.entries(schemas).filter((_, index) => !isRefused(index));
  generated = await generateValidators(Object.fromEntries(accepted));
});

/** A schema with its references where it stands now. */
function moved(schema: Schema, name: string): Schema {
  const copy = mapSubschemas(schema, (each) => moved(each, name));
  const { $ref } = copy as SchemaObject;
  return $ref !== undefined && /^#(\/|$)/.test($ref)
    ? { ...(copy as SchemaObject), $ref: `#/components/schemas/${name}${$ref.slice(1)}` }
    : copy;
}

test("no validator differs from the suite", () => {
  const wrong = suite.flatMap(({ keyword, description, tests }, index) => {
    const { guard } = generated[`Case${index}`] ?? {};
    if (guard === undefined) return [];
    return tests
      .filter(({ data, valid }) => guard(data) !== valid || (guard.problems(data).length === 0) !== valid)
      .map((each) => `${keyword}: ${description}: ${each.description}`);
  });
  expect(wrong).toEqual([]);
});

test("no evaluation without a validator differs from the suite", () => {
  const document = documentOf(schemas);
  const wrong = suite.flatMap(({ keyword, description, tests }, index) => {
    const schema = schemas[`Case${index}`];
    if (schema === undefined || isRefused(index)) return [];
    return tests
      .filter(({ data, valid }) => (evaluate(document, schema, data).violations.length === 0) !== valid)
      .map((each) => `${keyword}: ${description}: ${each.description}`);
  });
  expect(wrong).toEqual([]);
});

test("only references to something else than a place, and limits that no value keeps, are refused", () => {
  const unfollowed = /"\$(id|anchor|dynamicAnchor|dynamicRef)":|"\$ref":"[^#]/;
  for (const [index, { schema }] of suite.entries()) {
    if (isRefused(index)) expect(JSON.stringify(schema)).toMatch(unfollowed);
  }
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["schema-limits", "schema-reference"]));
});

test("the table in the README is that of the suite", () => {
  const rows = [...Map.groupBy(suite.keys(), (index) => suite[index]?.keyword)].map(([keyword, indices]) => {
    const count = (each: number[]) => each.reduce((sum, index) => sum + (suite[index]?.tests.length ?? 0), 0);
    return `| ${keyword} | ${count(indices.filter((each) => !isRefused(each)))} | ${count(indices.filter(isRefused)) || ""} |`;
  });
  const table = ["| keyword | right | refused |", "|---|---|---|", ...rows].join("\n");
  expect(readFileSync(join(FOLDER, "README.md"), "utf8")).toContain(table);
});
