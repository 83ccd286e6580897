import { holdersOf } from "../holders.ts";
import { BODY, type Case, CREATED, check, equal, rejection, scenario, shown, TOKEN } from "../support.ts";

const SECRET = "s3cr3t";
const badTokens: [string, unknown][] = [
  ["empty", ""],
  ["with a line end", `${SECRET}\n`],
  ["with Bearer before it", `Bearer ${SECRET}`],
  ["with a space before it", ` ${SECRET}`],
  ["beyond ASCII", `${SECRET}é`],
  ["with a control character", `${SECRET}\u0000`],
  ["missing", undefined],
  ["a number", 42],
];

/** Arguments that cannot be sent. */
export const badArguments: Case[] = [
  ...["", ".", "..", undefined, null, "\ud800"].map((id): Case => {
    return {
      name: `the path parameter ${JSON.stringify(id)} is refused`,
      async run(context) {
        const { client, received } = await scenario(context, CREATED);
        const error = await rejection(client().webhooks.get(id as string), context.sdk.ConfigurationError);
        equal(error.outcome, "not-sent", "outcome");
        equal(error.operation, "webhooks.get", "operation");
        equal(error.method, "GET", "method");
        equal(error.attempts, 0, "attempts");
        const params = { path: { webhookId: id as string } };
        if (id !== "\ud800") {
          await rejection(client().api.GET("/v1/webhooks/{webhookId}", { params }), context.sdk.ConfigurationError);
        }
        equal((await received()).length, 0, "requests");
      },
    };
  }),
  {
    name: "a body that JSON cannot hold is refused",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      const circle: typeof BODY & { self?: unknown } = { ...BODY };
      circle.self = circle;
      for (const body of [circle, { ...BODY, big: 1n }]) {
        const error = await rejection(client().webhooks.create(body), context.sdk.ConfigurationError);
        check(error.message.includes("body"), "the message names the body");
      }
      equal((await received()).length, 0, "requests");
    },
  },
  {
    name: "a header that cannot be sent is refused, and not quoted",
    async run(context) {
      const { client } = await scenario(context, CREATED);
      const call = client().webhooks.create(BODY, { headers: { "x-secret": `${SECRET}\u0000` } });
      const error = await rejection(call, context.sdk.ConfigurationError);
      check(!shown(error).includes(SECRET), "the value does not show");
    },
  },
  ...badTokens.map(([what, token]): Case => {
    return {
      name: `a token ${what} is refused, and not quoted`,
      async run(context) {
        const { client, received } = await scenario(context, CREATED);
        const calls = [
          // Where the document has operations that need no token, the client may lack it, and the call is refused.
          async () => {
            const made = client({ token: token as string });
            return token === undefined ? made.webhooks.create(BODY) : made;
          },
          () => client({ token: () => token as string }).webhooks.create(BODY),
          () => client({ token: async () => token as string }).webhooks.create(BODY),
          ...(token === undefined ? [] : [() => client().webhooks.create(BODY, { token: token as string })]),
        ];
        for (const call of calls) {
          // A client takes the environment's place in `scenario`, which fills in a token that is undefined.
          const error = await rejection(call(), context.sdk.ConfigurationError);
          equal(error.outcome, "not-sent", "outcome");
          check(error.message.includes("token"), "the message names the token");
          check(!shown(error).includes(SECRET), "the token does not show");
        }
        equal((await received()).length, 0, "requests");
      },
    };
  }),
  {
    name: "the error of a token function is the cause, whether it throws or rejects",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      const boom = new Error("vault is sealed");
      const tokens = [
        () => {
          throw boom;
        },
        () => Promise.reject(boom),
      ];
      for (const token of tokens) {
        const error = await rejection(client({ token }).webhooks.create(BODY), context.sdk.ConfigurationError);
        check(error.cause instanceof Error, "the cause is an error");
        equal((error.cause as Error).message, "vault is sealed", "message of the cause");
        equal(error.outcome, "not-sent", "outcome");
        equal(error.attempts, 1, "attempts");
      }
      equal((await received()).length, 0, "requests");
    },
  },
  {
    name: "an error of fetch does not show the token, wherever it holds it",
    async run(context) {
      const { client } = await scenario(context, CREATED);
      for (const { what, holder } of holdersOf(TOKEN)) {
        const infos: unknown[] = [];
        const onAttempt = (info: unknown) => infos.push(info);
        const call = client({ maxRetries: 0, onAttempt, fetch: () => Promise.reject(holder) }).webhooks.create(BODY);
        const error = await rejection(call, context.sdk.ConnectionError);
        check(!shown(error).includes(TOKEN), `${what} does not show the token: ${shown(error)}`);
        check(!shown(infos).includes(TOKEN), `${what} does not show onAttempt the token`);
        equal(error.outcome, "unknown", "outcome");
      }
      const harmless = new TypeError("fetch failed", { cause: new Error("ECONNRESET") });
      const call = client({ fetch: () => Promise.reject(harmless) }).webhooks.create(BODY);
      const cause = (await rejection(call, context.sdk.ConnectionError)).cause as Error & { cause: Error };
      check(cause instanceof Error && cause.cause instanceof Error, "the causes are errors");
      equal([cause.message, cause.name, cause.cause.message], ["fetch failed", "TypeError", "ECONNRESET"], "causes");
    },
  },
  {
    name: "bad options of a call reject it",
    async run(context) {
      const { client, received, baseUrl } = await scenario(context, CREATED);
      for (const options of [
        { timeout: Number.NaN },
        { timeout: -1 },
        { maxRetries: "2" as unknown as number },
        { tenant: "acme", baseUrl },
        { tenant: "Acme" },
        { baseUrl: "http://example.com" },
      ]) {
        const error = await rejection(client().webhooks.create(BODY, options), context.sdk.ConfigurationError);
        equal(error.outcome, "not-sent", "outcome");
      }
      equal((await received()).length, 0, "requests");
    },
  },
];
