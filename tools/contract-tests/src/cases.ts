import {
  type Document,
  examplesOf,
  type Header,
  isObject,
  jsonContent,
  type Operation,
  operationsOf,
  type RequestBody,
  type Schema,
} from "@mindbridge-sdk/openapi";
// Not from the package, whose users have the classes themselves.
import { errorNameOf } from "../../../packages/client/src/statuses.ts";
import { type BrokenValue, breakEach, type ConstraintOptions, keepEach } from "./constraints.ts";
import { type ParameterPlace, ParameterSet } from "./parameters.ts";
import { sample, samples, valuesOf, withoutReadOnly } from "./samples.ts";
import { createValidator, type Validate } from "./validator.ts";

/** The arguments of one call of the client. */
export interface Call {
  /** Path parameters, in the order of the path template. */
  readonly path: readonly unknown[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Whether the operation takes a body. */
  readonly takesBody: boolean;
  /** The body; absent where an optional one is left out. */
  readonly body?: unknown;
  /** The media type of the body, where the document names a range of them, such as `image/*`. */
  readonly contentType?: string;
  /** What the test removes from the request on its way, since no client would leave it out. */
  readonly drop?: "authorization" | "body";
  /** The answer that the mock is asked for. */
  readonly prefer?: string;
}

/** What has to come back. */
export type Expectation =
  | {
      readonly kind: "success";
      readonly status: number;
      readonly empty: boolean;
      /** Whether the client hands it on as a stream: it is no JSON. */
      readonly isStream?: true;
      readonly example?: { readonly value: unknown };
    }
  | {
      readonly kind: "error";
      readonly status: number;
      readonly errorClass: string;
      readonly example?: { readonly value: unknown };
      /** The examples of the response's headers. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      /** Prism's own 422, which lists what is wrong, or the 422, the 400 or the `default` that the document declares. */
      readonly kind: "refusal";
      /** The status that the document declares, and the class of its error. */
      readonly declared?: { readonly status: number; readonly errorClass: string };
      /** Everything that it may list, as `location: code`. */
      readonly violations: readonly string[];
      /** A name that its message has to hold, where the location is that of the object around it. */
      readonly mentions?: string;
    };

/** One contract test. It is plain JSON, so that it runs with any client against any mock, also one of another document. */
export interface ContractCase {
  /** The operationId: `resource.method`. */
  readonly operation: string;
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
  readonly leftOut: readonly LeftOut[];
  /** Operations of which nothing was derived, since the document has no example of something, and none can be made. */
  readonly underivable: readonly { readonly operation: string; readonly error: unknown }[];
}

/** A success that Prism cannot show. */
export interface LeftOut {
  readonly operation: string;
  readonly reason: string;
}

/** How many bodies are made from the schema, for constraints that the examples do not reach. */
const MADE_BODIES = 8;

/** Derives every contract test from the document. No line is written for one operation. */
export function deriveCases(document: Document): ContractCases {
  const { schemas = {} } = document.components ?? {};
  const sent = Object.entries(schemas).map(([name, schema]) => [name, withoutReadOnly(document, schema)]);
  const documentOfBodies = { ...document, components: { ...document.components, schemas: Object.fromEntries(sent) } };
  const derived = operationsOf(document).map((operation): ContractCases => {
    try {
      return new Derivation(document, documentOfBodies, operation).derive();
    } catch (error) {
      return { cases: [], unbroken: [], leftOut: [], underivable: [{ operation: operation.id, error }] };
    }
  });
  return {
    cases: derived.flatMap(({ cases }) => cases),
    unbroken: derived.flatMap(({ unbroken }) => unbroken),
    leftOut: derived.flatMap(({ leftOut }) => leftOut),
    underivable: derived.flatMap(({ underivable }) => underivable),
  };
}

/** A way to call an operation that the document allows. */
interface Way {
  readonly name: string;
  readonly call: Call;
}

type Response = Operation["responses"][string];

class Derivation {
  readonly #document: Document;
  readonly #documentOfBodies: Document;
  readonly #operation: Operation;
  readonly #validate: Validate;
  readonly #parameters: Readonly<Record<ParameterPlace, ParameterSet>>;
  readonly #bodySchema: Schema | undefined;
  readonly #cases: ContractCase[] = [];
  readonly #unbroken: string[] = [];
  readonly #leftOut: LeftOut[] = [];

  /** @param documentOfBodies The document without what only the server sends: a schema that holds itself refers to its components. */
  constructor(document: Document, documentOfBodies: Document, operation: Operation) {
    this.#document = document;
    this.#documentOfBodies = documentOfBodies;
    this.#operation = operation;
    this.#validate = createValidator(documentOfBodies, { coerce: false });
    const set = (place: ParameterPlace): ParameterSet => new ParameterSet(document, operation, place);
    this.#parameters = { path: set("path"), query: set("query"), header: set("header") };
    const schema = jsonContent(operation.requestBody)?.schema;
    this.#bodySchema = schema && withoutReadOnly(document, schema);
  }

  derive(): ContractCases {
    const ways = this.#ways();
    const [first] = ways;
    if (first === undefined) {
      throw new Error(`${this.#operation.id}: the request body has no content, so that no call can be made.`);
    }
    if (!this.#parameters.query.isRead) {
      this.#leaveOut("Prism 5.16 takes a list with spaces between its items for one item, which the document refuses");
      this.#withoutAuthentication(first.call);
      return { cases: this.#cases, unbroken: this.#unbroken, leftOut: this.#leftOut, underivable: [] };
    }
    if (this.#parameters.header.has("prefer")) {
      this.#leaveOut("Prism 5.16 takes the header `Prefer` for its own, by which these tests ask for an answer");
    } else if (this.#isRead(first.call)) {
      this.#successes(ways);
      this.#acceptedBodies(first.call);
      this.#errors(first.call);
    } else {
      this.#leaveOut("Prism 5.16 does not read the lists and objects that the form must have");
    }
    this.#withoutAuthentication(first.call);
    this.#refusedBodies(first.call);
    this.#refusedParameters(first.call);
    return { cases: this.#cases, unbroken: this.#unbroken, leftOut: this.#leftOut, underivable: [] };
  }

  #leaveOut(reason: string): void {
    this.#leftOut.push({ operation: this.#operation.id, reason });
  }

  #add(name: string, call: Call, expected: Expectation): void {
    this.#cases.push({ operation: this.#operation.id, name, call, expected });
  }

  #ways(): Way[] {
    const { requestBody } = this.#operation;
    const { path, query, header } = this.#parameters;
    const takesBody = requestBody !== undefined;
    const range = Object.keys(requestBody?.content ?? {}).find((each) => each.endsWith("/*") && each !== "*/*");
    const usual = {
      path: path.inOrder(path.usual),
      query: query.usual,
      headers: header.usual,
      takesBody,
      ...(range !== undefined && { contentType: range.replace("*", "contract-test") }),
    };
    const ways: Way[] = this.#bodyExamples().map(({ name, value }) => ({ name, call: { ...usual, body: value } }));
    if (!takesBody) ways.push({ name: "a call", call: usual });
    else if (requestBody.required !== true) ways.push({ name: "no body", call: usual });
    const [first] = ways;
    if (first === undefined) return [];
    const only = (name: string, set: ParameterSet, least: Partial<Call>): Way[] =>
      Object.keys(set.usual).length === Object.keys(set.least).length
        ? []
        : [{ name: `${first.name}, only the required ${name} parameters`, call: { ...first.call, ...least } }];
    return [
      ...ways,
      ...only("query", query, { query: query.least }),
      ...only("header", header, { headers: header.least }),
    ];
  }

  #bodyExamples(): { name: string; value: unknown }[] {
    const { requestBody } = this.#operation;
    const json = jsonContent(requestBody);
    if (requestBody !== undefined && json === undefined) return this.#otherBodies(requestBody);
    const given = examplesOf(this.#document, json ?? {}).map(({ name = "the example", value }) => ({ name, value }));
    if (given.length > 0 || this.#bodySchema === undefined) return given;
    const what = `the request body of ${this.#operation.id}`;
    return [{ name: "a made-up body", value: sample(this.#documentOfBodies, this.#bodySchema, this.#validate, what) }];
  }

  /** Whether Prism reads the call as it is sent: a form without the lists that it must have is refused. */
  #isRead({ body }: Call): boolean {
    const { requestBody } = this.#operation;
    if (requestBody === undefined || jsonContent(requestBody) !== undefined || !isObject(body)) return true;
    return Object.values(requestBody.content ?? {}).every(
      ({ schema }) => schema === undefined || this.#validate(schema, body).length === 0,
    );
  }

  /** A body that is no JSON. A form is an object here, too, with texts for files. Anything else is a text. */
  #otherBodies({ content = {} }: RequestBody): { name: string; value: unknown }[] {
    const isForm = (mediaType: string): boolean => /form-data|form-urlencoded/.test(mediaType);
    const [mediaType] = Object.keys(content).toSorted((a, b) => Number(isForm(b)) - Number(isForm(a)));
    if (mediaType === undefined) return [];
    const schema = content[mediaType]?.schema;
    const what = `the request body of ${this.#operation.id}`;
    const made = isForm(mediaType) && schema ? sample(this.#document, schema, this.#validate, what) : "text";
    return [{ name: `a made-up body of ${mediaType}`, value: isObject(made) ? withoutLists(made) : made }];
  }

  #successes(ways: readonly Way[]): void {
    const successes = Object.entries(this.#operation.responses).filter(([code]) => code.startsWith("2"));
    if (successes.length === 0) this.#leaveOut("the document declares no success");
    for (const [code, response] of successes) {
      const unmocked = this.#unmocked(code, response);
      if (unmocked !== undefined) {
        this.#leaveOut(unmocked);
        continue;
      }
      const json = jsonContent(response);
      const status = statusOf(code, hasContent(response));
      const examples = json === undefined ? [] : examplesOf(this.#document, json);
      for (const { name, call } of ways) {
        for (const example of examples.length === 0 ? [undefined] : examples) {
          const key = example?.name;
          const prefer = `code=${status}${key === undefined ? "" : `, example=${key}`}`;
          const title = `${name} → ${status}${key === undefined ? "" : ` ${key}`}`;
          this.#add(title, { ...call, prefer }, this.#success(status, response, example));
        }
      }
    }
  }

  /** Why Prism cannot answer with a response. */
  #unmocked(code: string, response: Response): string | undefined {
    const json = jsonContent(response);
    if (!hasContent(response)) return undefined;
    if (json === undefined) {
      const mediaTypes = Object.keys(response.content ?? {});
      const isText = mediaTypes.some((mediaType) => mediaType.startsWith("text/"));
      return isText ? undefined : `Prism 5.16 writes no ${mediaTypes.join(", ")}, the content of the ${code}`;
    }
    const unmade = ["byte", "base64url", "duration"].find((format) => valuesOf("format", json.schema).includes(format));
    return unmade === undefined || examplesOf(this.#document, json).length > 0
      ? undefined
      : `Prism 5.16 makes no valid value of the format ${unmade}: give the ${code} an example`;
  }

  #success(status: number, response: Response, example?: { readonly value: unknown }): Expectation {
    const empty = !hasContent(response);
    const isStream = !empty && jsonContent(response) === undefined;
    const expected = { kind: "success", status, empty, ...(isStream && { isStream }) } as const;
    return { ...expected, ...(example && { example: { value: example.value } }) };
  }

  /** Values that a narrower schema would refuse. */
  #acceptedBodies(call: Call): void {
    const [code, response] =
      Object.entries(this.#operation.responses).find(
        ([status, each]) => status.startsWith("2") && this.#unmocked(status, each) === undefined,
      ) ?? [];
    const options = this.#bodyOptions();
    if (options === undefined || code === undefined || response === undefined) return;
    const status = statusOf(code, hasContent(response));
    for (const { name, value } of keepEach(options)) {
      const accepted = { ...call, body: value, prefer: `code=${status}` };
      this.#add(`body ${name} → accepted`, accepted, this.#success(status, response));
    }
  }

  #bodyOptions(): ConstraintOptions | undefined {
    const [document, schema, validate] = [this.#documentOfBodies, this.#bodySchema, this.#validate];
    if (schema === undefined) return undefined;
    // An example may leave optional properties out, and takes one branch of several.
    const made = samples(document, schema, validate, MADE_BODIES);
    return { document, schema, validate, bases: [...this.#bodyExamples().map(({ value }) => value), ...made] };
  }

  #errors(call: Call): void {
    for (const [code, response] of Object.entries(this.#operation.responses)) {
      // Prism answers 500 where it is asked for the error of a HEAD.
      if (code.startsWith("2") || this.#operation.method === "head") continue;
      const status = statusOf(code, true);
      const title = `${status} → ${errorNameOf(status)}`;
      this.#add(title, { ...call, prefer: `code=${status}` }, this.#error(status, response));
    }
  }

  #withoutAuthentication(call: Call): void {
    const { responses, security } = this.#operation;
    if (!isSecured(security)) return;
    const title = "without authentication → AuthenticationError";
    const declared = responses["401"] ?? responses["4XX"] ?? responses.default;
    this.#add(title, { ...call, drop: "authorization" }, this.#error(401, declared));
  }

  #error(status: number, response: Response | undefined): Expectation {
    const json = jsonContent(response);
    const [example] = json === undefined ? [] : examplesOf(this.#document, json);
    return {
      kind: "error",
      status,
      errorClass: errorNameOf(status),
      ...(example && { example: { value: example.value } }),
      headers: this.#headerExamples(response?.headers ?? {}),
    };
  }

  #headerExamples(headers: Readonly<Record<string, Header>>): Record<string, string> {
    const given = Object.entries(headers).flatMap(([name, header]): [string, string][] => {
      const [example] = examplesOf(this.#document, header);
      // Prism writes no object as a header has it.
      if (example === undefined || (isObject(example.value) && !Array.isArray(example.value))) return [];
      return [[name, [example.value].flat().join(", ")]];
    });
    return Object.fromEntries(given);
  }

  #refusedBodies(call: Call): void {
    if (this.#operation.requestBody?.required === true) {
      const expected: Expectation = { kind: "refusal", violations: ["(whole): required"], ...this.#declaredRefusal() };
      this.#add("without a body → refused", { ...call, drop: "body" }, expected);
    }
    const options = this.#bodyOptions();
    if (options === undefined) return;
    // Prism takes a body of `null` for none.
    const isSendable = (value: unknown, location: readonly string[]): boolean => location.length > 0 || value !== null;
    const { broken, unbroken } = breakEach({ ...options, isSendable });
    for (const { value, ...constraint } of broken) this.#refusal("body", { ...call, body: value }, constraint);
    this.#unbroken.push(...unbroken.map((name) => `${this.#operation.id}: body ${name}`));
  }

  #refusedParameters(call: Call): void {
    for (const [place, set] of Object.entries(this.#parameters)) {
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

  /** What Prism answers to what is not valid: a 422 or a 400 that is declared, also by a range, or else the `default`. */
  #declaredRefusal(): Pick<Expectation & { kind: "refusal" }, "declared"> {
    const { responses } = this.#operation;
    const isDeclared = (each: string): boolean => each in responses || "4XX" in responses;
    const status = ["422", "400"].find(isDeclared) ?? ("default" in responses ? "422" : undefined);
    return status === undefined ? {} : { declared: { status: Number(status), errorClass: errorNameOf(status) } };
  }

  #refusal(where: string, call: Call, { name, violations, mentions }: Omit<BrokenValue, "value">): void {
    this.#add(`${where} ${name} → refused`, call, {
      kind: "refusal",
      violations: violations.map((violation) => `${where}.${violation}`.replace(".(whole):", ":")).toSorted(),
      ...this.#declaredRefusal(),
      ...(mentions === undefined ? {} : { mentions }),
    });
  }
}

/** A form without lists and objects, which Prism does not read as they are sent. */
function withoutLists(form: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => typeof value !== "object"));
}

function hasContent({ content = {} }: Response): boolean {
  return Object.keys(content).length > 0;
}

/** Whether a call needs authentication: not if one of the alternatives needs none. */
export function isSecured(security: Operation["security"]): boolean {
  return security.length > 0 && security.every((schemes) => Object.keys(schemes).length > 0);
}

/** The status to ask the mock for. A range such as `4XX`, or `default`, stands for one that has no error class of its own. */
export function statusOf(code: string, isFilled: boolean): number {
  if (code === "default") return 410;
  const ofSuccess = isFilled ? "00" : "04";
  return Number(code.replace(/XX$/i, code.startsWith("2") ? ofSuccess : "10"));
}
