import { type BrokenValue, breakEach, keepEach } from "./constraints.ts";
import type { Document, Header } from "./document.ts";
import { examplesOf, jsonContent, type Operation, operationsOf } from "./operations.ts";
import { type ParameterPlace, ParameterSet } from "./parameters.ts";
import { sample, samples, withoutReadOnly } from "./sample.ts";
import type { Schema } from "./schema.ts";
import { createValidator, type Validate } from "./validator.ts";

/** What is sent: the arguments of one call of the client. */
export interface Call {
  /** Path parameters, in the order of the path template. */
  readonly path: readonly unknown[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Whether the operation takes a body at all. */
  readonly takesBody: boolean;
  /** The body that is passed; absent where none is, although it could be. */
  readonly body?: unknown;
  /** What goes missing on the way, since no client would leave it out by itself. */
  readonly drop?: "authorization" | "body";
  /** Which of its answers the mock is to give. */
  readonly prefer?: string;
}

/** What has to come back. */
export type Expectation =
  | {
      readonly kind: "success";
      readonly status: number;
      readonly empty: boolean;
      readonly example?: { readonly value: unknown };
    }
  | {
      readonly kind: "error";
      readonly status: number;
      readonly errorClass: string;
      readonly example?: { readonly value: unknown };
      /** Examples of the headers that come with it. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      /** Prism's own 422, which lists what is wrong. */
      readonly kind: "refusal";
      /** Everything that it may list, as `location: code`. */
      readonly violations: readonly string[];
      /** What its message has to hold, where the location is that of the object around it. */
      readonly mentions?: string;
    };

/**
 * One contract test, as data: it is nothing but JSON, so that it can be run with any client against any mock, also one
 * that serves another document.
 */
export interface ContractCase {
  /** The operationId: `resource.method`. */
  readonly operation: string;
  readonly resource: string;
  readonly method: string;
  /** Unique within the operation. */
  readonly name: string;
  readonly call: Call;
  readonly expected: Expectation;
}

/** What was derived from a document. */
export interface ContractCases {
  readonly cases: readonly ContractCase[];
  /** Constraints for which no broken value was found, as `operation: constraint`. */
  readonly unbroken: readonly string[];
}

/** How many bodies are looked at for constraints that the examples do not reach. */
const MADE_UP_BODIES = 8;

const ERROR_CLASSES: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};

/** The name of the client's error for a status that is no success. */
export function errorClassOf(status: number): string {
  if (status >= 300 && status < 400) return "RedirectError";
  if (status >= 500 && status < 600) return "InternalServerError";
  return ERROR_CLASSES[status] ?? "APIError";
}

/** The status to ask the mock for; a range such as `4XX` is asked for by one that has no class of its own. */
function statusOf(code: string): number {
  return Number(code.replace(/XX$/i, code.startsWith("2") ? "00" : "10"));
}

/**
 * Derives every contract test from the document: nothing of it is written down for one operation.
 *
 * @throws {Error} if the document gives no example of something and none can be made up from its schema.
 */
export function deriveCases(document: Document): ContractCases {
  const derived = operationsOf(document).map((operation) => new Derivation(document, operation).derive());
  return { cases: derived.flatMap(({ cases }) => cases), unbroken: derived.flatMap(({ unbroken }) => unbroken) };
}

class Derivation {
  readonly #document: Document;
  readonly #operation: Operation;
  readonly #validate: Validate;
  readonly #parameters: Readonly<Record<ParameterPlace, ParameterSet>>;
  readonly #cases: ContractCase[] = [];
  readonly #unbroken: string[] = [];

  constructor(document: Document, operation: Operation) {
    this.#document = document;
    this.#operation = operation;
    this.#validate = createValidator(document, { coerce: false });
    const set = (place: ParameterPlace): ParameterSet => new ParameterSet(document, operation, place);
    this.#parameters = { path: set("path"), query: set("query"), header: set("header") };
  }

  derive(): ContractCases {
    const bodies = this.#bodies();
    const [body] = bodies;
    if (body === undefined) throw new Error(`${this.#operation.id}: no call can be made without a body to send.`);
    this.#successes(bodies);
    this.#acceptedBodies(body.call);
    this.#statuses(body.call);
    this.#authentication(body.call);
    this.#refusedBodies(body.call);
    this.#refusedParameters(body.call);
    return { cases: this.#cases, unbroken: this.#unbroken };
  }

  #add(name: string, call: Call, expected: Expectation): void {
    const { id: operation, resource, method } = this.#operation;
    this.#cases.push({ operation, resource, method, name, call, expected });
  }

  #call(parts: Partial<Call>): Call {
    const { path, query, header } = this.#parameters;
    const takesBody = this.#operation.requestBody !== undefined;
    return { path: path.inOrder(path.usual), query: query.usual, headers: header.usual, takesBody, ...parts };
  }

  /** Each way to call the operation as it wants to be called. */
  #bodies(): { name: string; call: Call }[] {
    const { requestBody, id } = this.#operation;
    const ways: { name: string; call: Call }[] = [];
    if (requestBody === undefined) {
      ways.push({ name: "a call", call: this.#call({}) });
    } else {
      for (const { name, value } of this.#bodyExamples()) ways.push({ name, call: this.#call({ body: value }) });
      if (requestBody.required !== true) ways.push({ name: "no body", call: this.#call({}) });
    }
    const [first] = ways;
    for (const place of ["query", "header"] as const) {
      const set = this.#parameters[place];
      if (first === undefined || Object.keys(set.usual).length === Object.keys(set.least).length) continue;
      const least = place === "query" ? { query: set.least } : { headers: set.least };
      ways.push({ name: `${first.name}, only the required ${place} parameters`, call: { ...first.call, ...least } });
    }
    if (ways.length === 0) throw new Error(`${id}: the request body has no JSON to make an example of.`);
    return ways;
  }

  get #bodySchema(): Schema | undefined {
    const schema = jsonContent(this.#operation.requestBody?.content)?.schema;
    return schema === undefined ? undefined : withoutReadOnly(this.#document, schema);
  }

  #bodyExamples(): { name: string; value: unknown }[] {
    const json = jsonContent(this.#operation.requestBody?.content) ?? {};
    const given = examplesOf(json).map(({ name = "the example", value }) => ({ name, value }));
    if (given.length > 0 || this.#bodySchema === undefined) return given;
    const what = `the request body of ${this.#operation.id}`;
    return [{ name: "a made-up body", value: sample(this.#document, this.#bodySchema, this.#validate, what) }];
  }

  #successes(ways: readonly { name: string; call: Call }[]): void {
    for (const [code, response] of Object.entries(this.#operation.responses)) {
      if (!code.startsWith("2")) continue;
      const status = statusOf(code);
      const json = jsonContent(response.content);
      const examples = json === undefined ? [] : examplesOf(json);
      for (const { name, call } of ways) {
        for (const example of examples.length === 0 ? [undefined] : examples) {
          const key = example?.name;
          this.#add(
            `${name} → ${status}${key === undefined ? "" : ` ${key}`}`,
            { ...call, prefer: `code=${status}${key === undefined ? "" : `, example=${key}`}` },
            {
              kind: "success",
              status,
              empty: json === undefined,
              ...(example === undefined ? {} : { example: { value: example.value } }),
            },
          );
        }
      }
    }
  }

  /** What a narrower schema would refuse. */
  #acceptedBodies(call: Call): void {
    const schema = this.#bodySchema;
    const [code, response] = Object.entries(this.#operation.responses).find(([status]) => status.startsWith("2")) ?? [];
    if (schema === undefined || code === undefined) return;
    const status = statusOf(code);
    const empty = jsonContent(response?.content) === undefined;
    const kept = keepEach({ document: this.#document, schema, bases: this.#bases(schema), validate: this.#validate });
    for (const { name, value } of kept) {
      const accepted: Call = { ...call, body: value, prefer: `code=${status}` };
      this.#add(`body ${name} → accepted`, accepted, { kind: "success", status, empty });
    }
  }

  /** Bodies that are looked at: examples may leave optional properties out, and take one branch of several. */
  #bases(schema: Schema): unknown[] {
    const madeUp = samples(this.#document, schema, this.#validate, MADE_UP_BODIES);
    return [...this.#bodyExamples().map(({ value }) => value), ...madeUp];
  }

  #statuses(call: Call): void {
    for (const [code, response] of Object.entries(this.#operation.responses)) {
      if (code.startsWith("2") || !/^\d/.test(code)) continue;
      const status = statusOf(code);
      this.#add(
        `${status} → ${errorClassOf(status)}`,
        { ...call, prefer: `code=${status}` },
        this.#error(status, response),
      );
    }
  }

  #error(status: number, response: Operation["responses"][string] | undefined): Expectation {
    const json = jsonContent(response?.content);
    const [example] = json === undefined ? [] : examplesOf(json);
    return {
      kind: "error",
      status,
      errorClass: errorClassOf(status),
      ...(example === undefined ? {} : { example: { value: example.value } }),
      headers: exampleHeaders(response?.headers ?? {}),
    };
  }

  #authentication(call: Call): void {
    if (!this.#operation.secured) return;
    const declared = this.#operation.responses["401"];
    this.#add(
      "without authentication → AuthenticationError",
      { ...call, drop: "authorization" },
      this.#error(401, declared),
    );
  }

  #refusedBodies(call: Call): void {
    const schema = this.#bodySchema;
    if (this.#operation.requestBody?.required === true) {
      const expected: Expectation = { kind: "refusal", violations: ["(whole): required"] };
      this.#add("without a body → refused", { ...call, drop: "body" }, expected);
    }
    if (schema === undefined) return;
    // A body of `null` is no body at all to the mock.
    const { broken, unbroken } = breakEach({
      document: this.#document,
      schema,
      bases: this.#bases(schema),
      validate: this.#validate,
      sendable: (value, location) => location.length > 0 || value !== null,
    });
    for (const { value, ...constraint } of broken) this.#refusal("body", { ...call, body: value }, constraint);
    this.#unbroken.push(...unbroken.map((name) => `${this.#operation.id}: body ${name}`));
  }

  #refusedParameters(call: Call): void {
    for (const [place, set] of Object.entries(this.#parameters) as [ParameterPlace, ParameterSet][]) {
      const { broken, unbroken } = set.breakEach();
      for (const { value, ...constraint } of broken) {
        const values = set.originalNames(value);
        const part =
          place === "path" ? { path: set.inOrder(values) } : { [place === "query" ? "query" : "headers"]: values };
        this.#refusal(place, { ...call, ...part }, constraint);
      }
      this.#unbroken.push(...unbroken.map((name) => `${this.#operation.id}: ${place} ${name}`));
    }
  }

  #refusal(where: string, call: Call, { name, violations, mentions }: Omit<BrokenValue, "value">): void {
    this.#add(`${where} ${name} → refused`, call, {
      kind: "refusal",
      violations: violations.map((violation) => `${where}.${violation}`.replace(".(whole):", ":")),
      ...(mentions === undefined ? {} : { mentions }),
    });
  }
}

function exampleHeaders(headers: Readonly<Record<string, Header>>): Record<string, string> {
  const given = Object.entries(headers).flatMap(([name, header]) => {
    const [example] = examplesOf(header);
    return example === undefined ? [] : [[name, String(example.value)]];
  });
  return Object.fromEntries(given) as Record<string, string>;
}
