import { BODY, type Case, CREATED, check, equal, FOUND, rejection, type Step, scenario, TOKEN } from "../support.ts";

const NOW: Record<string, string> = { "retry-after": "0" };

/** Waits that the server asks for: what it says, and the milliseconds that it means. */
const waits: [string, Step, number | undefined][] = [
  ["Retry-After in seconds", { status: 429, headers: { "retry-after": "7" } }, 7_000],
  ["Retry-After of 0", { status: 429, headers: { "retry-after": "0" } }, 0],
  [
    "Retry-After as a date that is past",
    { status: 429, headers: { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" } },
    0,
  ],
  [
    "X-User-Hour-Limit-Remaining after Retry-After",
    { status: 429, headers: { "retry-after": "7", "x-user-hour-limit-remaining": "9" } },
    7_000,
  ],
  ["X-User-Hour-Limit-Remaining", { status: 429, headers: { "x-user-hour-limit-remaining": "9" } }, 9_000],
  [
    "Retry-After that is neither",
    { status: 429, headers: { "retry-after": "soon", "x-user-hour-limit-remaining": "9" } },
    9_000,
  ],
  ["Retry-After that is negative", { status: 429, headers: { "retry-after": "-1" } }, 30_000],
  ["a 429 that says nothing", { status: 429 }, 30_000],
  ["Retry-After of a 503", { status: 503, headers: { "retry-after": "120" } }, 120_000],
  ["X-User-Hour-Limit-Remaining of a 503", { status: 503, headers: { "x-user-hour-limit-remaining": "9" } }, undefined],
  ["a 500 that says nothing", { status: 500 }, undefined],
];

const failures: [string, Step][] = [
  ["a 408", { status: 408 }],
  ["a 500", { status: 500 }],
  ["a 503 that asks for it", { status: 503, headers: NOW }],
  ["a connection cut before the headers", { before: "cut" }],
  ["a connection cut in the body", { status: 200, body: '{"id":', middle: "cut" }],
  ["no headers in time", { before: "hang" }],
  ["no body in time", { status: 200, body: '{"id":', middle: "hang" }],
];

/** What is tried again, and when. */
export const retries: Case[] = [
  {
    name: "a POST is not repeated if a connection that was used before is cut",
    async run(context) {
      const { client, received } = await scenario(context, FOUND, { before: "cut" }, CREATED);
      const mindbridge = client();
      await mindbridge.webhooks.get("1");
      await rejection(mindbridge.webhooks.create(BODY), context.sdk.ConnectionError);
      equal((await received()).length, 2, "requests");
    },
  },
  ...failures.flatMap(([what, step]): Case[] => [
    {
      name: `a POST is not repeated after ${what}`,
      async run(context) {
        const { client, received } = await scenario(context, step, CREATED);
        const call = client({ timeout: 400 }).webhooks.create(BODY);
        const error = await call.then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        check(error instanceof context.sdk.MindBridgeError, "it fails");
        if (!(error instanceof context.sdk.MindBridgeError)) return;
        equal(error.outcome, "unknown", "outcome");
        equal(error.attempts, 1, "attempts");
        check(error.message.includes("look before you retry"), "the message warns");
        equal((await received()).length, 1, "requests");
      },
    },
    {
      name: `a GET is repeated after ${what}`,
      async run(context) {
        const { client, received } = await scenario(context, step, step, FOUND);
        await client({ timeout: 400 }).webhooks.get("1");
        equal((await received()).length, 3, "requests");
      },
    },
  ]),
  {
    name: "a call is repeated maxRetries times, 2 by default",
    async run(context) {
      for (const [options, expected] of [
        [{}, 3],
        [{ maxRetries: 0 }, 1],
        [{ maxRetries: 1 }, 2],
        [{ maxRetries: undefined }, 3],
      ] as const) {
        const { client, received } = await scenario(context, { status: 500 });
        const error = await rejection(client(options).webhooks.get("1"), context.sdk.InternalServerError);
        equal(error.attempts, expected, "attempts");
        equal((await received()).length, expected, "requests");
      }
    },
  },
  {
    name: "a POST is repeated after a 429",
    async run(context) {
      const { client, received } = await scenario(context, { status: 429, headers: NOW }, CREATED);
      await client().webhooks.create(BODY);
      equal((await received()).length, 2, "requests");
    },
  },
  {
    name: "a wait as long as maxRetryWait is waited for",
    async run(context) {
      const { client, received } = await scenario(context, { status: 429, headers: NOW }, CREATED);
      await client({ maxRetryWait: 0 }).webhooks.create(BODY);
      equal((await received()).length, 2, "requests");
    },
  },
  {
    name: "a POST that found no connection is repeated, and was not sent",
    async run(context) {
      const { client } = await scenario(context);
      const call = client({ baseUrl: context.deadOrigin, tenant: undefined }).webhooks.create(BODY);
      const error = await rejection(call, context.sdk.ConnectionError);
      equal(error.outcome, "not-sent", "outcome");
      equal(error.attempts, 3, "attempts");
      check(error.cause instanceof Error, "the cause is what fetch threw");
      check(!error.message.includes("look before"), "no warning");
    },
  },
  {
    name: "after an attempt of unknown outcome, a failure leaves a DELETE unknown, and a refusal leaves a GET refused",
    async run(context) {
      const { client } = await scenario(context, { status: 500 }, { status: 404 });
      const error = await rejection(client().webhooks.get("1"), context.sdk.NotFoundError);
      equal(error.outcome, "refused", "outcome of the GET");
      const again = await scenario(context, { status: 500 });
      let asked = 0;
      const token = () => (asked++ === 0 ? TOKEN : Promise.reject(new Error("the vault is closed")));
      const { api } = again.client({ token, maxRetryWait: 0 });
      const remove = api.DELETE as unknown as (path: string) => Promise<unknown>;
      const second = await rejection(remove("/v1/webhooks"), context.sdk.ConfigurationError);
      equal(second.outcome, "unknown", "outcome of the DELETE");
    },
  },
  ...waits.map(([what, step, expected]): Case => {
    return {
      name: `the wait for ${what}`,
      async run(context) {
        const { client, received } = await scenario(context, step, FOUND);
        const infos: { waitMs?: number | undefined }[] = [];
        const options = { onAttempt: (info: { waitMs?: number | undefined }) => infos.push(info) };
        const call = client({ ...options, maxRetryWait: 5 }).webhooks.get("1");
        if (expected !== undefined && expected > 5) {
          const error = await call.then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          check(error instanceof context.sdk.APIError, "too long a wait fails at once");
          if (error instanceof context.sdk.APIError) equal(error.retryAfter, expected, "retryAfter");
          equal((await received()).length, 1, "requests");
          equal(infos[0]?.waitMs, undefined, "waitMs");
        } else {
          await call;
          const { waitMs = -1 } = infos[0] ?? {};
          if (expected === undefined) check(waitMs >= 0 && waitMs <= 5, "backoff within maxRetryWait");
          else equal(waitMs, expected, "waitMs");
        }
      },
    };
  }),
  {
    name: "the wait for Retry-After as a date to come",
    async run(context) {
      const date = new Date(Date.now() + 60_000).toUTCString();
      const { client } = await scenario(context, { status: 503, headers: { "retry-after": date } });
      const { retryAfter = 0 } = await rejection(client().webhooks.get("1"), context.sdk.InternalServerError);
      check(retryAfter > 50_000 && retryAfter <= 60_000, `about a minute, not ${retryAfter}`);
    },
  },
  {
    name: "onAttempt is told of each attempt once, and its errors are ignored",
    async run(context) {
      const { client } = await scenario(context, { status: 503, headers: { ...NOW, "x-request-id": "r-1" } }, FOUND);
      for (const mode of ["throw", "reject"]) {
        const infos: unknown[] = [];
        await client({
          onAttempt({ operation, attempt, status, waitMs, requestId, error }) {
            infos.push({ operation, attempt, status, waitMs, requestId, error });
            if (mode === "reject") return Promise.reject(new Error("the log is full"));
            throw new Error("the log is full");
          },
        }).webhooks.get("1");
        const last = { operation: "webhooks.get", attempt: infos.length, status: 200 };
        const first = { operation: "webhooks.get", attempt: 1, status: 503, waitMs: 0, requestId: "r-1" };
        equal(infos, mode === "throw" ? [first, last] : [last], mode);
      }
    },
  },
  {
    name: "onAttempt is told the error of an attempt without a response",
    async run(context) {
      const { client } = await scenario(context, { before: "cut" });
      const errors: unknown[] = [];
      const call = client({ onAttempt: ({ error }) => errors.push(error) }).webhooks.create(BODY);
      const error = await rejection(call, context.sdk.ConnectionError);
      check(errors.length === 1 && errors[0] === error, "the error that is thrown");
    },
  },
];
