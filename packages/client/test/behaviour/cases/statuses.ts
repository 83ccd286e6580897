import {
  BODY,
  type Case,
  type Context,
  check,
  equal,
  json,
  rejection,
  type SDK,
  type Step,
  scenario,
  shown,
  TOKEN,
} from "../support.ts";

type ErrorName = {
  [Name in keyof SDK]: SDK[Name] extends new (...args: never[]) => InstanceType<SDK["APIError"]> ? Name : never;
}[keyof SDK];

const statuses: [number, ErrorName, string, "refused" | "unknown"][] = [
  [304, "APIError", "api", "refused"],
  [400, "BadRequestError", "bad_request", "refused"],
  [401, "AuthenticationError", "authentication", "refused"],
  [402, "APIError", "api", "refused"],
  [403, "PermissionDeniedError", "permission_denied", "refused"],
  [404, "NotFoundError", "not_found", "refused"],
  [408, "APIError", "api", "unknown"],
  [409, "ConflictError", "conflict", "refused"],
  [410, "APIError", "api", "refused"],
  [418, "APIError", "api", "refused"],
  [422, "UnprocessableEntityError", "unprocessable_entity", "refused"],
  [429, "RateLimitError", "rate_limit", "refused"],
  [451, "APIError", "api", "refused"],
  [499, "APIError", "api", "refused"],
  [500, "InternalServerError", "internal_server", "unknown"],
  [503, "InternalServerError", "internal_server", "unknown"],
  [599, "InternalServerError", "internal_server", "unknown"],
  [600, "APIError", "api", "unknown"],
  [999, "APIError", "api", "unknown"],
];

const bodies: [string, Step, unknown][] = [
  ["JSON", { headers: json(), body: '{"message":"no"}' }, { message: "no" }],
  ["nothing, with a length", { headers: { "content-length": "0" } }, undefined],
  ["nothing, chunked", { headers: { "transfer-encoding": "chunked" } }, undefined],
  ["text", { headers: { "content-type": "text/plain" }, body: "no way" }, undefined],
  ["HTML", { headers: { "content-type": "text/html" }, body: "<h1>no</h1>" }, undefined],
  ["half of JSON", { headers: json(), body: '{"message":"n' }, undefined],
];

/** How servers escape what they give back. */
const escapes: [string, (text: string) => string][] = [
  ["in JSON", (text) => text.replaceAll("/", "\\/").replaceAll("+", "\\u002B").replaceAll("=", "\\u003d")],
  [
    "in JSON in JSON",
    (text) => text.replaceAll("/", "\\\\/").replaceAll("+", "\\\\u002b").replaceAll("=", "\\\\u003D"),
  ],
  ["in a URL", (text) => encodeURIComponent(text)],
  ["in a URL, in lower case", (text) => encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase())],
  ["in a URL in a URL", (text) => encodeURIComponent(encodeURIComponent(text))],
  ["in HTML, by decimal", (text) => text.replaceAll(/[/+=]/g, (character) => `&#${character.charCodeAt(0)};`)],
  ["in HTML, by hexadecimal", (text) => text.replaceAll("/", "&#x2F;").replaceAll("+", "&#x2b;")],
  ["in HTML, by name", (text) => text.replaceAll("/", "&sol;").replaceAll("+", "&plus;").replaceAll("=", "&equals;")],
  ["in HTML in JSON", (text) => text.replaceAll("+", "\\u0026#43;").replaceAll("/", "\\u0026#x2F;")],
  ["by backslashes", (text) => text.replaceAll(/[-./+=]/g, "\\$&")],
  [
    "each character in another way",
    (text) => text.replace("t", "%74").replace("+", "&#43;").replace("/", "\\/").replace("=", "\\u003D"),
  ],
];

/** What a call throws for a response, and what `onAttempt` is told of it. */
async function failureOf(context: Context, response: Step): Promise<{ error: unknown; infos: unknown[] }> {
  const { client } = await scenario(context, response);
  const infos: unknown[] = [];
  const options = { maxRetries: 0, onAttempt: (info: unknown) => infos.push(info) };
  const error = await client(options)
    .webhooks.get("1")
    .then(
      () => undefined,
      (thrown: Error) => thrown,
    );
  check(error instanceof context.sdk.MindBridgeError, "it fails");
  return { error, infos };
}

/** Statuses that are no success, and redirects. */
export const errors: Case[] = [
  ...statuses.map(([status, name, code, outcome]): Case => {
    return {
      name: `${status} is ${name}`,
      async run(context) {
        const headers = json({ "x-request-id": "r-1" });
        const step = { status, headers, ...(status === 304 ? {} : { body: '{"message":"no"}' }) };
        const { client, baseUrl, received } = await scenario(context, step);
        const ErrorClass: new (...args: never[]) => InstanceType<SDK["APIError"]> = context.sdk[name];
        const error = await rejection(client({ maxRetries: 0 }).webhooks.create(BODY), ErrorClass);
        check(error instanceof context.sdk.APIError, "an APIError");
        check(error instanceof context.sdk.MindBridgeError, "a MindBridgeError");
        const { operation, method, url, attempts } = error;
        equal(
          { operation, method, url, attempts },
          { operation: "webhooks.create", method: "POST", url: `${baseUrl}/v1/webhooks`, attempts: 1 },
          "details",
        );
        equal(error.name, name, "name");
        equal(error.code, code, "code");
        equal(error.status, status, "status");
        equal(error.outcome, outcome, "outcome");
        equal(error.requestId, "r-1", "requestId");
        equal(error.headers.get("content-type"), "application/json", "headers");
        equal(error.retryAfter, status === 429 ? 30_000 : undefined, "retryAfter");
        check(error.message.includes(`POST ${baseUrl}/v1/webhooks answered ${status}.`), "the message says what came");
        check(
          error.message.includes("look before you retry") === (outcome === "unknown"),
          "the message warns where it may have been done",
        );
        check(String(error.stack).startsWith(`${name}: `), "the stack begins with the name");
        equal((await received()).length, 1, "requests");
      },
    };
  }),
  ...bodies.map(([kind, step, body]): Case => {
    return {
      name: `the body of an error is kept: ${kind}`,
      async run(context) {
        const { client } = await scenario(context, { ...step, status: 400 });
        const error = await rejection(client().webhooks.get("1"), context.sdk.BadRequestError);
        equal(error.body, body, "body");
        equal(error.text, step.body ?? "", "text");
      },
    };
  }),
  {
    name: "the text of an error is bounded, its body is whole",
    async run(context) {
      const long = "x".repeat(100_000);
      const { client } = await scenario(context, { status: 400, headers: json(), body: JSON.stringify({ long }) });
      const error = await rejection(client().webhooks.get("1"), context.sdk.BadRequestError);
      equal(error.text.length, 65_536, "length of the text");
      equal(error.body, { long }, "body");
      check(error.message.length < 1_000, "the message is short");
    },
  },
  ...(
    [
      ["HTML", { body: "<h1>Sign in</h1>", headers: { "content-type": "text/html" } }],
      ["half of JSON", { body: '{"id":"1"', headers: json() }],
      ["nothing", { headers: json() }],
      ["nothing, with a length", { headers: json({ "content-length": "0" }) }],
    ] as [string, Step][]
  ).map(([kind, step]): Case => {
    return {
      name: `a success with ${kind} is a ResponseParseError`,
      async run(context) {
        const { client, received } = await scenario(context, { ...step, status: 201 });
        const error = await rejection(client().webhooks.create(BODY), context.sdk.ResponseParseError);
        equal(error.outcome, "unknown", "outcome");
        equal(error.status, 201, "status");
        equal(error.text, step.body ?? "", "text");
        equal(error.code, "response_parse", "code");
        equal((await received()).length, 1, "requests");
      },
    };
  }),
  {
    name: "a success without the content that must be there is a ResponseParseError",
    async run(context) {
      const { client } = await scenario(context, { status: 204 });
      await rejection(client().webhooks.get("1"), context.sdk.ResponseParseError);
    },
  },
  ...[301, 302, 303, 307, 308].map((status): Case => {
    return {
      name: `a ${status} is not followed, to this host or another`,
      async run(context) {
        const target = await scenario(context, { status: 200, headers: json(), body: "{}" });
        for (const url of [target.baseUrl, target.baseUrl.replace(context.origin, context.otherOrigin)]) {
          const { client, received } = await scenario(context, { status, headers: { location: `${url}/v1/webhooks` } });
          const error = await rejection(client().webhooks.create(BODY), context.sdk.RedirectError);
          equal(error.outcome, status === 303 ? "unknown" : "refused", "outcome");
          equal(error.status, status, "status");
          equal(error.headers.get("location"), `${url}/v1/webhooks`, "location");
          equal((await received()).length, 1, "requests");
          equal(
            (await rejection(client().webhooks.get("1"), context.sdk.RedirectError)).outcome,
            "refused",
            "of a GET",
          );
        }
        equal((await target.received()).length, 0, "requests to the target");
      },
    };
  }),
  ...[
    ["as it is", "{authorization}"],
    ["in JSON", '{"{authorization}":["{authorization}"]}'],
    ["across the bound of the text", `${"x".repeat(65_536 - 8)}{authorization}`],
  ].map(([how, body = ""]): Case => {
    return {
      name: `a token that the server echoes ${how} shows nowhere`,
      async run(context) {
        const headers = { location: `https://example.com/${TOKEN}`, "x-echo": TOKEN, "x-request-id": TOKEN };
        // A success that is JSON goes well, and is not touched.
        for (const status of [...(body.startsWith('{"') ? [] : [200]), 302, 401, 500]) {
          const { error, infos } = await failureOf(context, { status, headers, body });
          const text = shown(error) + (status === 200 ? "" : shown(infos));
          check(text.includes("[redacted]"), `${status}: [redacted] stands in its place`);
          for (const form of [TOKEN, "tok.en", encodeURIComponent(TOKEN).toLowerCase()]) {
            check(!text.toLowerCase().includes(form), `${status}: ${form} does not show`);
          }
        }
      },
    };
  }),
  ...escapes.map(([how, escaped]): Case => {
    return {
      name: `a token that the server echoes escaped ${how} shows nowhere`,
      async run(context) {
        const echoed = escaped(TOKEN);
        const inJson = JSON.stringify({ a: [{ [echoed]: { b: echoed } }] });
        // As a server writes it that escapes what it puts into JSON, and as one whose JSON holds what is escaped already.
        for (const body of [`{"a":[{"${echoed}":{"b":"${echoed}"}}]}`, inJson, `<p>${echoed}</p>`, `x ${echoed}`]) {
          const headers = { location: `https://example.com/?t=${echoed}`, "x-request-id": echoed };
          for (const status of [302, 400, 500]) {
            const { error, infos } = await failureOf(context, { status, headers, body });
            check(shown(error).includes("[redacted]"), `${status}: [redacted] stands in its place`);
            const text = shown([error, infos]);
            for (const form of [echoed, JSON.stringify(echoed).slice(1, -1), TOKEN]) {
              check(!text.includes(form), `${status}: ${form} does not show in ${text}`);
            }
          }
        }
      },
    };
  }),
  {
    name: "the parsed body of an error has the token redacted in values and in keys, and is whole otherwise",
    async run(context) {
      const body =
        '{"a":["tok.en-1\\u002b2\\/3\\u003D",{"<tok&period;en-1&#43;2&#x2F;3&equals;>":"\\u00e9\\n\\"1\\\\2"}]}';
      const { client } = await scenario(context, { status: 400, body });
      const error = await rejection(client().webhooks.get("1"), context.sdk.BadRequestError);
      equal(error.body, { a: ["[redacted]", { "<[redacted]>": 'é\n"1\\2' }] }, "body");
    },
  },
];
