import { json, type Kind, object, operation } from "./kind.ts";

const text = { type: "string" };
const header = (name: string, required = false) => ({
  name,
  in: "header",
  description: "Which.",
  required,
  schema: text,
});

/** An operation without another response than `default`, which then describes its success, too. */
export const onlyDefault: Kind = {
  document: {
    paths: {
      "/echoes": {
        get: {
          ...operation("echoes.get"),
          responses: {
            default: { description: "What came back.", ...json(object({ sound: text }), { example: { sound: "o" } }) },
          },
        },
      },
    },
  },
  warnings: [{ rule: "operation-4xx-response", message: /4XX/, line: '"responses": {' }],
  program: `
import type { EchoesGetError, MindBridge } from "@mindbridge-sdk/client";
import { APIError } from "@mindbridge-sdk/client";
export const sound = async (client: MindBridge): Promise<string> => (await client.echoes.get()).sound;
export const ofError = (error: EchoesGetError): string | undefined => (error instanceof APIError ? error.body?.sound : undefined);
`,
  bodies: { EchoesGetResponse: { valid: [{ sound: "o" }], invalid: [{}] } },
  calls: [{ operation: "echoes.get", arguments: [], answer: { body: '{"sound":"o"}' }, data: { sound: "o" } }],
};

/** Header parameters that say what the client sets by itself, and an operation that has headers only. */
export const ignoredHeaders: Kind = {
  document: {
    paths: {
      "/sirens": {
        parameters: [header("Authorization")],
        get: operation("sirens.get", { parameters: [header("X-Tone", true), header("accept")] }),
        head: operation("sirens.check", {
          responses: { 200: { description: "There are.", headers: { "X-Count": { schema: { type: "integer" } } } } },
        }),
      },
    },
  },
  warnings: [
    { rule: "ignored-headers", message: /ignores a parameter `Authorization`/, line: '"name": "Authorization"' },
    { rule: "ignored-headers", message: /ignores a parameter `accept`.*Remove it/, line: '"name": "accept"' },
  ],
  program: `
import type { SirensGetHeaders } from "@mindbridge-sdk/contract";
export const headers: SirensGetHeaders = { "X-Tone": "a" };
// @ts-expect-error The client sets it.
export const others: SirensGetHeaders = { "X-Tone": "a", accept: "b" };
`,
  calls: [
    { operation: "sirens.get", arguments: [{ headers: { "X-Tone": "a" } }], sends: { headers: { "x-tone": "a" } } },
    { operation: "sirens.check", arguments: [], answer: { status: 200 } },
  ],
};

const refused = (method: string, more: object, rule: string, message: RegExp, line: string): Kind => ({
  document: { paths: { "/bells": { [method]: operation("bells.ring", more) } } },
  refused: { rule, message, line },
});
const content = (mediaType: string, media: object = {}) => ({ content: { [mediaType]: media } });
const answer = (body: object) => ({ responses: { 200: { description: "It rang.", ...body } } });
const body = (given: object) => ({ requestBody: { description: "How.", ...given } });

/** What `fetch` does not send. */
export const trace = refused("trace", {}, "fetch-support", /no TRACE/, '"trace": {');
export const bodyOfGet = refused("get", body(json(text)), "fetch-support", /GET.*`x-safe: true`/, '"requestBody": {');
export const contentOfHead = refused("head", answer(json(text)), "fetch-support", /headers only/, '"200": {');

/** Bodies that do not say what they are. */
export const noMediaType = refused(
  "post",
  body({ content: {} }),
  "body-description",
  /no media type/,
  '"requestBody": {',
);
export const noSchema = refused(
  "get",
  answer(content("application/json")),
  "body-description",
  /a `schema` \(`\{\}` for any JSON\)/,
  '"application/json": {}',
);
export const anyMediaType = refused(
  "get",
  answer(content("*/*", { schema: object({ sound: text }) })),
  "body-description",
  /such as `application\/json`/,
  '"*/*": {',
);
export const lowerCaseStatus = refused(
  "get",
  { responses: { "2xx": { description: "It rang." } } },
  "response-status",
  /`2xx` is no status.*`2XX`/,
  '"2xx": {',
);

/** Operations of which some say what the vendor publishes of them, and where, and others do not. */
export const someSources: Kind = {
  document: {
    paths: {
      "/quotes": {
        get: operation("quotes.get", { "x-source": 'The page "Quotes"' }),
        post: operation("quotes.add", { "x-source": " " }),
        delete: { ...operation("quotes.drop", { "x-source": "The same page" }), "x-basis": undefined },
      },
    },
  },
  warnings: [
    {
      rule: "sources",
      message: /^Say in `x-source` where the vendor describes it, as the others do\.$/,
      line: '"post": {',
    },
    {
      rule: "sources",
      message: /^Say in `x-basis` whether .*: `own-page` or `general-rule`, as the others do\.$/,
      line: '"delete": {',
    },
  ],
};
