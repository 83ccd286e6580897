import type { Middleware } from "openapi-fetch";
import {
  BODY,
  type Case,
  CREATED,
  check,
  equal,
  FOUND,
  json,
  rejection,
  type SDK,
  type Step,
  scenario,
  shown,
  TOKEN,
  WEBHOOK,
} from "../support.ts";

const SIZE = JSON.stringify(WEBHOOK).length;
const PATH = "/v1/webhooks/{webhookId}";
const params = { path: { webhookId: "1" } };
const seeing: Middleware = { onResponse: async ({ response }) => void (await response.clone().text()) };

/** A body without an end, and whether it has been cancelled. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly read: () => number; isCancelled(): boolean } {
  let chunks = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks++;
      controller.enqueue(new Uint8Array(1_000).fill(32));
    },
    cancel() {
      isCancelled = true;
    },
  });
  return { body, read: () => chunks * 1_000, isCancelled: () => isCancelled };
}

async function failing(
  context: { sdk: SDK },
  call: Promise<unknown>,
): Promise<InstanceType<SDK["ResponseTooLargeError"]>> {
  const error = await rejection(call, context.sdk.ResponseTooLargeError);
  equal(error.code, "response_too_large", "code");
  equal(error.outcome, "unknown", "outcome");
  check(error.message.includes("maxResponseBytes"), "the message says what to do");
  return error;
}

/** How much of a response is read. */
export const sizes: Case[] = [
  {
    name: "a success of maxResponseBytes is read, and one byte more is a ResponseTooLargeError",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      equal(await client({ maxResponseBytes: SIZE }).webhooks.create(BODY), WEBHOOK, "data");
      const error = await failing(context, client({ maxResponseBytes: SIZE - 1 }).webhooks.create(BODY));
      equal(error.status, 201, "status");
      equal(error.headers.get("content-type"), "application/json", "headers");
      equal(error.attempts, 1, "attempts");
      check(error.message.includes("look before you retry"), "the message warns");
      equal((await received()).length, 2, "requests");
    },
  },
  {
    name: "a GET is not repeated for a response that is too large, which would come again",
    async run(context) {
      const { client, received } = await scenario(context, FOUND);
      const infos: { error?: unknown }[] = [];
      const options = { maxResponseBytes: 1, onAttempt: (info: { error?: unknown }) => infos.push(info) };
      const error = await failing(context, client(options).webhooks.get("1"));
      check(infos.length === 1 && infos[0]?.error === error, "onAttempt is told the error");
      equal((await received()).length, 1, "requests");
    },
  },
  {
    name: "a maxResponseBytes of 0 takes an empty body only, and Infinity any",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      await failing(context, client({ maxResponseBytes: 0 }).webhooks.get("1"));
      await client({ maxResponseBytes: Number.POSITIVE_INFINITY }).webhooks.get("1");
      const empty = await scenario(context, { status: 204 });
      const { response } = await empty.client({ maxResponseBytes: 0 }).api.GET(PATH, { params });
      equal(response.status, 204, "status");
    },
  },
  {
    name: "a maxResponseBytes of one call overrides that of the client",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      await client({ maxResponseBytes: 1 }).webhooks.get("1", { maxResponseBytes: SIZE });
      await failing(context, client().webhooks.get("1", { maxResponseBytes: 1 }));
    },
  },
  {
    name: "a response without an end is cancelled at 10 MiB",
    async run(context) {
      const { body, read, isCancelled } = endless();
      const { client } = await scenario(context);
      await failing(context, client({ fetch: async () => new Response(body) }).webhooks.get("1"));
      check(read() > 10_485_760, "it was read that far");
      check(read() < 10_485_760 + 100_000, "and hardly further");
      check(isCancelled(), "it was cancelled");
    },
  },
  {
    name: "an error without an end is the error of its status, and is cancelled once there is enough for its text",
    async run(context) {
      const { client } = await scenario(context);
      for (const middleware of [[], [seeing]]) {
        const { body, read, isCancelled } = endless();
        const fetch = async () => new Response(body, { status: 422 });
        const error = await rejection(
          client({ fetch, middleware }).webhooks.get("1"),
          context.sdk.UnprocessableEntityError,
        );
        equal(error.text, " ".repeat(65_536), "text");
        equal(error.body, undefined, "body");
        check(read() < 400_000, "it was read no further than it had to be");
        check(isCancelled(), "it was cancelled");
      }
    },
  },
  {
    name: "an error that is longer than maxResponseBytes is the error of its status, its text cut",
    async run(context) {
      const { client } = await scenario(context, { status: 404, body: `${"é".repeat(5_000)}${TOKEN}` });
      const cut = await rejection(client({ maxResponseBytes: 5_001 }).webhooks.get("1"), context.sdk.NotFoundError);
      check(/^é{2000,2500}$/.test(cut.text), `the text is the beginning of the body: ${cut.text.length}`);
      const none = await rejection(client({ maxResponseBytes: 0 }).webhooks.get("1"), context.sdk.NotFoundError);
      equal(none.text, "", "text of an error with a bound of 0");
    },
  },
  {
    name: "a body that is cut within the token shows no part of it",
    async run(context) {
      const echoed = encodeURIComponent(TOKEN);
      const { client } = await scenario(context, { status: 400, body: `${"x".repeat(1_000)}${echoed}` });
      for (let length = 1_001; length < 1_000 + echoed.length; length += 3) {
        const call = client({ maxResponseBytes: length }).webhooks.get("1");
        const text = shown(await rejection(call, context.sdk.BadRequestError));
        check(!text.includes("xtok"), `no part of the token shows after ${length} bytes`);
      }
    },
  },
  {
    name: "a long page instead of JSON is a ResponseParseError with the beginning of its text",
    async run(context) {
      const step: Step = { status: 200, headers: json(), body: `<p>${"x".repeat(400_000)}` };
      const error = await rejection(
        (await scenario(context, step)).client().webhooks.get("1"),
        context.sdk.ResponseParseError,
      );
      equal(error.text, `<p>${"x".repeat(65_533)}`, "text");
    },
  },
  {
    name: "a bound holds with middleware and through api",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      await failing(context, client({ middleware: [seeing], maxResponseBytes: 9 }).webhooks.get("1"));
      await failing(context, client({ maxResponseBytes: 9 }).api.GET(PATH, { params }));
      await failing(context, client().api.GET(PATH, { params, maxResponseBytes: 9 }));
      const gone = await scenario(context, { status: 404, body: "x".repeat(100) });
      const { error, response } = await gone.client({ maxResponseBytes: 9 }).api.GET(PATH, { params });
      equal(error, "x".repeat(9), "error");
      equal(response.status, 404, "status");
    },
  },
  {
    name: "a body that arrives after a time-out is cancelled",
    async run(context) {
      const { client } = await scenario(context);
      let give = (): void => {};
      let cancelled = (): void => {};
      const cancellation = new Promise<void>((resolve) => {
        cancelled = resolve;
      });
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) =>
          new Promise((resolve) => {
            give = () => {
              controller.enqueue(new Uint8Array(1));
              resolve();
            };
          }),
        cancel: () => cancelled(),
      });
      const options = { timeout: 20, maxRetries: 0, fetch: async () => new Response(body) };
      await rejection(client(options).webhooks.get("1"), context.sdk.TimeoutError);
      give();
      await cancellation;
    },
  },
];
