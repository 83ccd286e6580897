import { type Call, type ContractCase, errorClassOf } from "../cases.ts";
import type { Document, Parameter } from "../document.ts";
import { deliveriesOf, examplesOf, jsonContent, type Operation, operationsOf } from "../operations.ts";
import { ParameterSet } from "../parameters.ts";
import { sample, withoutReadOnly } from "../sample.ts";
import { isRecord, type SchemaObject } from "../schema.ts";
import { createValidator } from "../validator.ts";
import { type LiveSettings, variableOf } from "./settings.ts";

/** One call of the live API. */
export interface LiveCheck {
  readonly kind: "read" | "unknown-id" | "wrong-token" | "create";
  readonly operation: Operation;
  /** What is called and what has to come back, to be run as the contract tests run it. */
  readonly contractCase: ContractCase;
}

/** Something that the document describes and a live run does not look at. */
export interface NotCovered {
  readonly operation: string;
  /** Why, and what would change that. */
  readonly reason: string;
}

export interface LiveChecks {
  readonly checks: readonly LiveCheck[];
  readonly notCovered: readonly NotCovered[];
}

/** What people find in their tenant afterwards. */
const NAME = "Contract test (can be deleted)";

/**
 * Derives from the document what to call: each GET whose path parameters are given, with what needs no data (an unknown
 * id, a wrong token), and each POST that creates something, if that is allowed. Nothing of it is written down for one
 * operation.
 */
export function liveChecks(document: Document, settings: LiveSettings): LiveChecks {
  const checks: LiveCheck[] = [];
  const notCovered: NotCovered[] = [];
  for (const operation of operationsOf(document)) {
    try {
      const derived = checksOf(document, operation, settings);
      checks.push(...derived.checks);
      notCovered.push(...derived.notCovered);
    } catch (error) {
      // No value for a required parameter or a body was found.
      notCovered.push({ operation: operation.id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const { name } of deliveriesOf(document)) {
    notCovered.push({ operation: `delivery ${name}`, reason: "MindBridge sends it; no call can ask for it" });
  }
  // What only looks comes first.
  const order = (check: LiveCheck): number => Number(check.kind === "create");
  return { checks: checks.toSorted((a, b) => order(a) - order(b)), notCovered };
}

function checksOf(document: Document, operation: Operation, settings: LiveSettings): LiveChecks {
  const { id, httpMethod, path, responses } = operation;
  const not = (reason: string): LiveChecks => ({ checks: [], notCovered: [{ operation: id, reason }] });
  const success = Object.keys(responses).find((code) => code.startsWith("2"));
  if (success === undefined) return not("no response of success is described");
  const isCreation = httpMethod === "post" && success === "201";
  if (httpMethod !== "get" && !isCreation) return not(`${httpMethod.toUpperCase()} may change what is there`);

  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const values = names.map((name) => settings.given(name) ?? fixedValue(parameterOf(operation, name)));
  const missing = names.filter((_, index) => values[index] === undefined).map(variableOf);
  const { least: query } = new ParameterSet(document, operation, "query");
  const call: Call = {
    path: values,
    query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, settings.given(name) ?? value])),
    headers: new ParameterSet(document, operation, "header").least,
    takesBody: operation.requestBody !== undefined,
  };
  const whatSucceeds = {
    kind: "success",
    status: Number(success.replace(/XX$/i, "00")),
    empty: jsonContent(responses[success]?.content) === undefined,
  } as const;
  const check = (kind: LiveCheck["kind"], name: string, of: Call, expected: ContractCase["expected"]): LiveCheck => {
    const { resource, method } = operation;
    return { kind, operation, contractCase: { operation: id, resource, method, name, call: of, expected } };
  };

  if (isCreation) {
    if (!settings.allowWrites) return not("it creates something: set MINDBRIDGE_ALLOW_WRITES=1 to allow that");
    if (missing.length > 0) return not(`set ${missing.join(" and ")}`);
    const body = bodyOf(document, operation, settings);
    return { checks: [check("create", "creates", { ...call, body }, whatSucceeds)], notCovered: [] };
  }

  const checks: LiveCheck[] = [];
  if (missing.length === 0)
    checks.push(check("read", `reads ${names.map(variableOf).join(", ")}`.trim(), call, whatSucceeds));
  const usual = new ParameterSet(document, operation, "path");
  const known = usual.inOrder(usual.usual).map((example, index) => values[index] ?? example);
  if (names.length > 0 && responses["404"] !== undefined) {
    const unknown = names.map((name, index) => unknownLike(document, parameterOf(operation, name), known[index]));
    checks.push(check("unknown-id", "an unknown id", { ...call, path: unknown }, errorOf(404)));
  }
  if (operation.secured) checks.push(check("wrong-token", "a wrong token", { ...call, path: known }, errorOf(401)));
  const reason = `set ${missing.join(" and ")} to read one`;
  return { checks, notCovered: missing.length === 0 ? [] : [{ operation: id, reason }] };
}

function errorOf(status: number): ContractCase["expected"] {
  return { kind: "error", status, errorClass: errorClassOf(status), headers: {} };
}

function parameterOf(operation: Operation, name: string): Parameter | undefined {
  return operation.parameters.find((parameter) => parameter.in === "path" && parameter.name === name);
}

function schemaOf(parameter: Parameter | undefined): SchemaObject {
  return typeof parameter?.schema === "object" ? parameter.schema : {};
}

/** The value of a parameter that is no id: the document says what it can be. */
function fixedValue(parameter: Parameter | undefined): unknown {
  const { const: only, enum: [first] = [], default: usual } = schemaOf(parameter);
  return only ?? usual ?? first;
}

/** An id of the same form as one that is known, which nothing has: another form could be refused as no id at all. */
function unknownLike(document: Document, parameter: Parameter | undefined, known: unknown): unknown {
  const fixed = fixedValue(parameter);
  if (fixed !== undefined) return fixed;
  const text = String(known).replaceAll(/\d/g, "0").replaceAll(/[a-z]/g, "a").replaceAll(/[A-Z]/g, "A");
  const validate = createValidator(document, { coerce: true });
  const candidates = [text, text.replaceAll("0", "9"), "unknown", 2_147_483_647];
  const unknown = candidates.find(
    (candidate) => candidate !== String(known) && validate(schemaOf(parameter), candidate).length === 0,
  );
  if (unknown === undefined) throw new Error(`no unknown ${parameter?.name ?? "id"} could be made up`);
  return unknown;
}

/** What to create: an example that does as little as possible, under a name that tells people what it is. */
function bodyOf(document: Document, { id, requestBody }: Operation, { given }: LiveSettings): unknown {
  const { schema = true, ...json } = jsonContent(requestBody?.content) ?? {};
  const validate = createValidator(document, { coerce: false });
  const examples = examplesOf(json).map(({ value }) => value);
  // One that is active would send the tenant's events to whatever address the example names.
  const silent = examples.find((example) => isRecord(example) && example.status === "INACTIVE");
  const accepted = withoutReadOnly(document, schema);
  const base = silent ?? examples[0] ?? sample(document, accepted, validate, `the request body of ${id}`);
  if (!isRecord(base)) return base;
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(base)) {
    const wanted = given(name) ?? (name === "name" ? NAME : undefined);
    if (typeof value === "string" && wanted !== undefined) changes[name] = wanted;
  }
  const body = { ...base, ...changes };
  const [problem] = validate(accepted, body);
  if (problem !== undefined)
    throw new Error(`its body cannot be sent: ${problem.location.join(".")} ${problem.message}`);
  return body;
}
