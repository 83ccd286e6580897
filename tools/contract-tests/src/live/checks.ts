import {
  type Document,
  deliveriesOf,
  examplesOf,
  isObject,
  jsonContent,
  type Operation,
  operationsOf,
  type Parameter,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { errorNameOf } from "../../../../packages/client/src/statuses.ts";
import { type Call, type ContractCase, isSecured } from "../cases.ts";
import { ParameterSet, pathParameters } from "../parameters.ts";
import { sample, withoutReadOnly } from "../samples.ts";
import { createValidator } from "../validator.ts";
import { type LiveSettings, variableOf } from "./settings.ts";

/** One call of the live API. */
export interface LiveCheck {
  readonly kind: "read" | "unknown-id" | "wrong-token" | "create";
  readonly operation: Operation;
  /** The status that has to come. */
  readonly status: number;
  /** The call and what has to come back, run as a contract test. */
  readonly contractCase: ContractCase;
}

/** An operation or a delivery of the document that a live run leaves out. */
export interface NotCovered {
  readonly operation: string;
  /** Why, and what to do about it. */
  readonly reason: string;
}

export interface LiveChecks {
  readonly checks: readonly LiveCheck[];
  readonly notCovered: readonly NotCovered[];
}

/** The name that people find in their tenant afterwards. */
const NAME = "Contract test (can be deleted)";

/**
 * Derives from the document what to call: each GET whose path parameters are given, each GET with an unknown id and with
 * a wrong token, which need no data, and each POST that creates something, if that is allowed. No line is written for one
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
      // No value was found for a required parameter or a body.
      notCovered.push({ operation: operation.id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const { name } of deliveriesOf(document)) {
    notCovered.push({ operation: `delivery ${name}`, reason: "MindBridge sends it, and no call asks for it" });
  }
  // The checks that only read come first.
  const order = (check: LiveCheck): number => Number(check.kind === "create");
  return { checks: checks.toSorted((a, b) => order(a) - order(b)), notCovered };
}

function checksOf(document: Document, operation: Operation, settings: LiveSettings): LiveChecks {
  const { id, method, path, object, responses } = operation;
  const not = (reason: string): LiveChecks => ({ checks: [], notCovered: [{ operation: id, reason }] });
  const success = Object.keys(responses).find((code) => code.startsWith("2"));
  if (success === undefined) return not("no response of success is described");
  const isCreation = method === "post" && success === "201";
  if (object["x-safe"] === true) return not("a live run reads by GET alone");
  if (method !== "get" && !isCreation) return not(`${method.toUpperCase()} may change what is there`);

  const names = pathParameters(path);
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
    empty: jsonContent(responses[success]) === undefined,
  } as const;
  const check = (kind: LiveCheck["kind"], name: string, of: Call, expected: Expected): LiveCheck => ({
    kind,
    operation,
    status: expected.status,
    contractCase: { operation: id, name, call: of, expected },
  });

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
  if (isSecured(operation.security))
    checks.push(check("wrong-token", "a wrong token", { ...call, path: known }, errorOf(401)));
  const reason = `set ${missing.join(" and ")} to read one`;
  return { checks, notCovered: missing.length === 0 ? [] : [{ operation: id, reason }] };
}

type Expected = Exclude<ContractCase["expected"], { kind: "refusal" }>;

function errorOf(status: number): Expected {
  return { kind: "error", status, errorClass: errorNameOf(status), headers: {} };
}

function parameterOf(operation: Operation, name: string): Parameter | undefined {
  return operation.parameters.find((parameter) => parameter.in === "path" && parameter.name === name);
}

function schemaOf(parameter: Parameter | undefined): SchemaObject {
  return typeof parameter?.schema === "object" ? parameter.schema : {};
}

/** The value of a parameter that is no id: the document lists what it can be. */
function fixedValue(parameter: Parameter | undefined): unknown {
  const { const: only, enum: [first] = [], default: usual } = schemaOf(parameter);
  return only ?? usual ?? first;
}

/** An id that nothing has, of the same form as a known one: the API may refuse another form as no id at all. */
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

/** The body to create with: an example that does as little as possible, under a name that tells people what it is. */
function bodyOf(document: Document, { id, requestBody }: Operation, { given }: LiveSettings): unknown {
  const { schema = true, ...json } = jsonContent(requestBody) ?? {};
  const validate = createValidator(document, { coerce: false });
  const examples = examplesOf(document, json).map(({ value }) => value);
  // An active one would send the tenant's events to the address that the example names.
  const silent = examples.find((example) => isObject(example) && example.status === "INACTIVE");
  const accepted = withoutReadOnly(document, schema);
  const base = silent ?? examples[0] ?? sample(document, accepted, validate, `the request body of ${id}`);
  if (!isObject(base)) return base;
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
