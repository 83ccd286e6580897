import { readFileSync } from "node:fs";
import { SPEC } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { DocumentError } from "../src/problem.ts";
import { type AnyDocument, addOperations, changedDocument, changedText } from "./documents.ts";

async function refusal(document: string): Promise<DocumentError> {
  const error: unknown = await generate({ document }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DocumentError);
  return error as DocumentError;
}

/** The line, from 1, on which the document of this repository says `text`. */
function lineOf(text: string): number {
  return readFileSync(SPEC, "utf8").split(text)[0]?.split("\n").length ?? 0;
}

test.for([
  ["YAML that does not parse", "paths:", "paths: [", "yaml", /Correct the YAML/],
  [
    "a key twice",
    "operationId: webhooks.get",
    "operationId: webhooks.get\n      operationId: webhooks.read",
    "yaml",
    /duplicated mapping key/,
  ],
  [
    "a dangling $ref",
    /schemas\/WebhookCreate(?=["'])/,
    "schemas/WebhookCraete",
    "no-unresolved-refs",
    /Nothing is at `#\/components\/schemas\/WebhookCraete`\. Did you mean `WebhookCreate`\? Point the `\$ref`/,
  ],
  [
    "a misspelt key",
    "summary: Create a webhook.",
    "sumary: Create a webhook.",
    "struct",
    /sumary.*Did you mean summary/,
  ],
  [
    "a keyword of OpenAPI 3.0",
    /type: string\n/,
    "type: string\n            nullable: true\n",
    "struct",
    /type: \[string, "null"\]/,
  ],
  ["a scheme that is not there", "  - bearer: []", "  - token: []", "security-defined", /`security: \[\]`/],
  [
    "two operations with one method name",
    "operationId: webhooks.get",
    "operationId: webhooks.create",
    "operation-operationId-unique",
    /method/,
  ],
  ["an operation without a name", "      operationId: webhooks.get\n", "", "operation-name", /has no `operationId`/],
  [
    "an operation that hides a part of the client",
    "operationId: webhooks.get",
    "operationId: api.get",
    "operation-name",
    /`x-method-name`/,
  ],
  [
    "an invalid example",
    "status: ACTIVE",
    "status: SLEEPING",
    "examples",
    /expected one of "ACTIVE", "INACTIVE" at `\/status`, and not "SLEEPING"/,
  ],
  ["a basis that is none", "x-basis: own-page", "x-basis: hearsay", "operation-basis", /`own-page` or `general-rule`/],
  [
    "a form that the client cannot write",
    "          application/json:",
    "          multipart/mixed:",
    "media-types",
    /multipart\/form-data/,
  ],
] as const)("%s is refused with file, line, column, rule and what to do", async ([, from, to, rule, advice]) => {
  const { message, problems } = await refusal(changedText(from, to));
  const problem = problems.find((each) => each.rule === rule);
  expect(problem, message).toBeDefined();
  expect(problem?.file).toMatch(/openapi\.yaml$/);
  expect(problem?.line).toBeGreaterThan(1);
  expect(problem?.column).toBeGreaterThan(0);
  expect(message).toMatch(advice);
  expect(message).toContain(`${problem?.file}:${problem?.line}:${problem?.column} ${rule}: `);
});

test("line and column are those of the problem", async () => {
  const { problems } = await refusal(changedText("operationId: webhooks.get", "operationId: api.get"));
  expect(problems).toMatchObject([
    { line: lineOf("operationId: webhooks.get"), column: "      operationId: ".length + 1 },
  ]);
});

test("the place of a second operation of the same name is its operationId", async () => {
  const { problems } = await refusal(changedText("operationId: webhooks.get", "operationId: webhooks.create"));
  expect(problems).toMatchObject([{ pointer: "#/paths/~1v1~1webhooks~1{webhookId}/get/operationId" }]);
});

test.for<[string, (document: AnyDocument) => void, string, RegExp]>([
  [
    "a schema whose name makes no TypeScript identifier",
    (document) => {
      document.components.schemas["2-states"] = { type: "string" };
      document.components.schemas.UserInfo.properties.state = { $ref: "#/components/schemas/2-states" };
    },
    "schema-names",
    /`2-states`.*PascalCase/,
  ],
  [
    "two schemas whose types would have one name",
    (document) => {
      document.components.schemas["user-info"] = { type: "string" };
      document.components.schemas.UserInfo.properties.state = { $ref: "#/components/schemas/user-info" };
    },
    "schema-names",
    /`user-info` and `UserInfo` would both be the type `UserInfo`/,
  ],
  [
    "a schema called as one of TypeScript's own types",
    (document) => {
      document.components.schemas.string = { type: "string" };
      document.components.schemas.UserInfo.properties.state = { $ref: "#/components/schemas/string" };
    },
    "schema-names",
    /`string`/,
  ],
  [
    "a delivery without a type",
    (document) => {
      addOperations(document);
      document.webhooks["engagement.created"].post.requestBody.content["application/json"].schema.properties.type = {
        type: "string",
      };
    },
    "delivery-type",
    /`engagement\.created`.*`const`/,
  ],
  [
    "two deliveries of one type",
    (document) => {
      document.webhooks.again = document.webhooks["analysis.failed"];
    },
    "delivery-type",
    /`again` and `analysis\.failed`/,
  ],
  [
    "two deliveries whose fixtures would have one name",
    (document) => addDelivery(document, "analysis_failed"),
    "fixture-names",
    /`analysis_failed` and `analysis\.failed`.*`deliveries\.analysisFailed`/,
  ],
  ...["2fa.enabled", "分析", "to.string", "constructor", "then"].map(
    (type): [string, (document: AnyDocument) => void, string, RegExp] => [
      `a delivery of the type ${type}, whose fixture would have no name of its own`,
      (document) => addDelivery(document, type),
      "fixture-names",
      new RegExp(`\`${type}\` would be called \`deliveries\\.`),
    ],
  ),
  [
    "two things that would have one name",
    (document) => {
      addOperations(document);
      document.components.schemas.WebhooksListQuery = { type: "string" };
      document.components.schemas.UserInfo.properties.state = { $ref: "#/components/schemas/WebhooksListQuery" };
    },
    "exported-names",
    /`WebhooksListQuery`.*Rename/,
  ],
  [
    "a schema called as a part of the contract",
    (document) => {
      document.components.schemas.DeliveryType = { type: "string" };
      document.components.schemas.UserInfo.properties.state = { $ref: "#/components/schemas/DeliveryType" };
    },
    "exported-names",
    /`DeliveryType`/,
  ],
  [
    "a cookie",
    (document) => {
      document.paths["/v1/webhooks"].post.parameters = [{ name: "session", in: "cookie", schema: { type: "string" } }];
    },
    "parameter-support",
    /cookies/,
  ],
  [
    "a style of parameters that the client cannot write",
    (document) => {
      addOperations(document);
      document.paths["/v1/webhooks"].get.parameters[0].style = "simple";
    },
    "parameter-support",
    /style/,
  ],
  ...[
    ["query", { style: "pipeDelimited", explode: true }, /query parameters.*`pipeDelimited`.*explodes `form`.*`odd`/],
    ["header", { explode: true }, /header parameters in the style `simple`, without `explode`/],
    ["path", { style: "label" }, /path parameters in the style `simple`, without `explode`/],
  ].map(([place, form, expected]): [string, (document: AnyDocument) => void, string, RegExp] => [
    `a ${String(place)} parameter of ${JSON.stringify(form)}`,
    (document) => addParameter(document, { in: place, ...(form as object) }),
    "parameter-support",
    expected as RegExp,
  ]),
  [
    "a path parameter that does not say it is required",
    (document) => {
      const parameter = { name: "noteId", in: "path", schema: { type: "string" } };
      document.paths["/v1/notes/{noteId}"] = {
        get: { ...document.paths["/v1/webhooks/{webhookId}"].get, operationId: "notes.get", parameters: [parameter] },
      };
    },
    "path-parameter-required",
    /`noteId`.*`required: true`/,
  ],
  [
    "a closed schema that another one extends",
    (document) => {
      document.components.schemas.UserInfo.properties.state = {
        allOf: [
          { type: "object", properties: { name: { type: "string" } }, additionalProperties: false },
          { type: "object", required: ["id"], properties: { id: { type: "string" } } },
        ],
      };
    },
    "closed-parts",
    /refuses what another part names: `id`.*`unevaluatedProperties: false`/,
  ],
  [
    "a success that is JSON or not",
    (document) => {
      document.paths["/v1/webhooks"].post.responses["202"] = {
        description: "A table.",
        content: { "text/csv": { schema: { type: "string" } } },
      };
    },
    "media-types",
    /201 has JSON, and 202 has no JSON/,
  ],
])("%s is refused", async ([, change, rule, expected]) => {
  const { problems } = await refusal(changedDocument(change));
  expect(problems).toContainEqual(expect.objectContaining({ rule, message: expect.stringMatching(expected) }));
  expect(problems.every(({ file, line, column }) => file.endsWith("openapi.json") && line > 1 && column > 0)).toBe(
    true,
  );
});

test.each(["query", "header", "path"])("a %s parameter may state the usual style", async (place) => {
  const usual = place === "query" ? { style: "form", explode: true } : { style: "simple", explode: false };
  await generate({ document: changedDocument((document) => addParameter(document, { in: place, ...usual })) });
});

test("query parameters may be deep objects, and errors may have other media types than JSON", async () => {
  const document = changedDocument((changed) => {
    addParameter(changed, { in: "query", style: "deepObject", schema: { type: "object" } });
    changed.paths["/v1/webhooks"].post.responses["418"] = {
      description: "Text.",
      content: { "text/plain": { schema: { type: "string" } } },
    };
  });
  expect((await generate({ document })).size).toBeGreaterThan(0);
});

const pages = { style: "page", parameter: "page", items: "content", last: "last" };

test.each([
  [{ ...pages, style: "offset" }, "Give it the `style` `page`, for numbers, or `cursor`."],
  [{ ...pages, parameter: "number" }, "`parameter` names no query parameter of `webhooks.find`."],
  [
    { ...pages, items: "items" },
    "`items` names no property of the response of `webhooks.find`. One inside another has the names of both, such as `meta.next`, or a JSON Pointer.",
  ],
  [{ ...pages, last: undefined }, "Name the property `last` of a page."],
  [{ ...pages, next: "next" }, "`next` is no part of it. It has items, last, total."],
  [{ ...pages, style: "cursor", last: undefined }, "Name the property `next` of a page."],
])("pages as %j are refused", async (pagination, message) => {
  const document = changedDocument((changed) => addPages(changed, pagination));
  expect((await refusal(document)).problems).toMatchObject([{ rule: "pagination", message }]);
});

test.each([
  [{}, '{ parameter: "page", items'],
  [{ minimum: 1 }, '{ parameter: "page", start: 1, items'],
  [{ minimum: 0, default: 1 }, '{ parameter: "page", start: 1, items'],
])("pages that name what is there are not refused, and begin as the parameter %j says", async (limits, expected) => {
  const document = changedDocument((changed) => {
    addPages(changed, pages);
    Object.assign(changed.paths["/v1/pages"].get.parameters[0].schema, limits);
  });
  expect((await generate({ document })).get("packages/client/src/generated/resources.ts")).toContain(expected);
});

/** Adds an operation whose response is a page. */
function addPages(document: AnyDocument, pagination: object): void {
  const { get } = document.paths["/v1/webhooks/{webhookId}"];
  const page = { type: "object", properties: { content: { type: "array" }, last: { type: "boolean" } } };
  const responses = {
    ...get.responses,
    200: { description: "A page.", content: { "application/json": { schema: page } } },
  };
  const parameters = [{ name: "page", in: "query", schema: { type: "integer" } }];
  document.paths["/v1/pages"] = {
    get: { ...get, operationId: "webhooks.find", parameters, responses, "x-pagination": pagination },
  };
}

test("a misspelt key is reported with the key that was meant", async () => {
  const { message } = await refusal(changedText("summary: Create a webhook.", "sumary: Create a webhook."));
  expect(message).toContain("Did you mean summary");
  expect(message).toContain("a key may be misspelt");
});

test("every problem is listed, not only the first", async () => {
  const document = changedDocument((changed) => {
    changed.paths["/v1/webhooks"].post.operationId = "api.create";
    changed.paths["/v1/webhooks/{webhookId}"].get.operationId = "api.get";
  });
  expect((await refusal(document)).problems).toHaveLength(2);
});

test("schemas that no validator can be made of are refused at their places", async () => {
  const schema = {
    type: "object",
    properties: {
      anchored: { $dynamicRef: "#here" },
      odd: { type: "object", patternProperties: { "[": { pattern: "\\-" } } },
      loop: {
        anyOf: [
          { type: "string" },
          { allOf: [{ $ref: "#/components/schemas/Odd/properties/loop" }, { maxLength: 3 }] },
        ],
      },
      chain: { type: "array", items: { oneOf: [{ type: "string" }, { $ref: "#/components/schemas/Odd" }] } },
      nested: { type: "array", items: { $ref: "#/components/schemas/Odd/properties/nested" } },
    },
  };
  const path = changedDocument(({ components, paths }) => {
    components.schemas.Odd = schema;
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Odd" } } };
    const { responses, ...post } = structuredClone(paths["/v1/webhooks"].post);
    paths["/v1/odd"] = { post: { ...post, operationId: "webhooks.odd", requestBody: { content }, responses } };
  });
  const { problems } = await refusal(path);
  const lines = readFileSync(path, "utf8").split("\n");
  expect(problems.map(({ rule, line }) => `${rule} ${lines[line - 1]?.trim()}`)).toEqual([
    'schema-reference "$dynamicRef": "#here"',
    'schema-pattern "[": {',
    'schema-pattern "pattern": "\\\\-"',
    'schema-recursion "loop": {',
    'schema-recursion "nested": {',
  ]);
});

test("a missing file, and one that is no document, are refused by name", async () => {
  expect((await refusal("nowhere/openapi.yaml")).message).toMatch(/nowhere\/openapi\.yaml:1:1 .*no such file/);
  expect((await refusal(changedText(/.*/s, ""))).message).toMatch(/openapi\.yaml:1:1 /);
  expect((await refusal(changedText(/.*/s, "- a\n- b\n"))).message).toMatch(/openapi\.yaml:1:1 /);
});

/** Gives an operation of its own a parameter called `odd`. */
function addParameter(document: AnyDocument, parameter: object): void {
  const odd = { name: "odd", description: "Odd.", required: true, schema: { type: "string" }, ...parameter };
  const operation = structuredClone(document.paths["/v1/webhooks"].post);
  document.paths["in" in parameter && parameter.in === "path" ? "/v1/odd/{odd}" : "/v1/odd"] = {
    post: { ...operation, operationId: "webhooks.odd", parameters: [odd] },
  };
}

/** Adds a delivery of a type. */
function addDelivery(document: AnyDocument, type: string): void {
  addOperations(document);
  const delivery = document.webhooks["engagement.created"];
  delivery.post.requestBody.content["application/json"].schema.properties.type.const = type;
}
