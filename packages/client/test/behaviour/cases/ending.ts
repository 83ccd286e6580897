import {
  BODY,
  type Case,
  CREATED,
  check,
  equal,
  FOUND,
  rejection,
  type Step,
  scenario,
  shown,
  TOKEN,
} from "../support.ts";

const never = new Promise<never>(() => {});

/** Time-outs and aborts. */
export const ending: Case[] = [
  ...(
    [
      ["before the headers", { before: "hang" }],
      ["in the body", { status: 201, body: '{"id":', middle: "hang" }],
    ] as [string, Step][]
  ).map(([when, step]): Case => {
    return {
      name: `a time-out ends an attempt ${when}`,
      async run(context) {
        const { client } = await scenario(context, step);
        const error = await rejection(client({ timeout: 50 }).webhooks.create(BODY), context.sdk.TimeoutError);
        equal(error.outcome, "unknown", "outcome");
        equal(error.code, "timeout", "code");
        check(error.message.includes("50 ms"), "the message says how long");
      },
    };
  }),
  {
    name: "a time-out ends an attempt whose token function is slow, and nothing is sent",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      const call = client({ timeout: 20, token: () => never }).webhooks.create(BODY);
      const error = await rejection(call, context.sdk.TimeoutError);
      equal(error.outcome, "not-sent", "outcome");
      equal((await received()).length, 0, "requests");
    },
  },
  {
    name: "a time-out ends an attempt whose fetch ignores its signal",
    async run(context) {
      const { client } = await scenario(context);
      const call = client({ timeout: 20, maxRetries: 0, fetch: () => never }).webhooks.get("1");
      await rejection(call, context.sdk.TimeoutError);
    },
  },
  {
    name: "a token that comes after the time-out is not sent",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      const given: ((token: string) => void)[] = [];
      const token = () => new Promise<string>((resolve) => void given.push(resolve));
      let fetched = 0;
      const count = () => {
        fetched++;
        return never;
      };
      const options = { timeout: 20, maxRetries: 0, token, fetch: count };
      await rejection(client(options).webhooks.create(BODY), context.sdk.TimeoutError);
      for (const give of given) give(TOKEN);
      // Whatever the token sets off has run when the server has answered.
      equal((await received()).length, 0, "requests");
      equal(fetched, 0, "calls of fetch");
    },
  },
  {
    name: "a timeout of 0 is no time at all",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      const call = client({ timeout: 0, maxRetries: 0 }).webhooks.create(BODY);
      const error = await rejection(call, context.sdk.TimeoutError);
      equal(error.outcome, "not-sent", "outcome");
      equal((await received()).length, 0, "requests");
    },
  },
  {
    name: "a call succeeds with a timeout beyond what a timer can hold, and with Infinity",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      for (const timeout of [2 ** 31, 1e300, Number.POSITIVE_INFINITY]) await client({ timeout }).webhooks.get("1");
    },
  },
  {
    name: "an aborted signal sends nothing",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      const reason = new Error("changed my mind");
      let asked = 0;
      const token = () => {
        asked++;
        return TOKEN;
      };
      const call = client({ token }).webhooks.create(BODY, { signal: AbortSignal.abort(reason) });
      const error = await rejection(call, context.sdk.AbortError);
      check(error.cause instanceof Error, "the cause is an error");
      equal((error.cause as Error).message, "changed my mind", "message of the cause");
      equal(error.outcome, "not-sent", "outcome");
      equal(error.attempts, 0, "attempts");
      equal(asked, 0, "tokens asked for");
      equal((await received()).length, 0, "requests");
    },
  },
  {
    name: "an abort ends a request that is under way, and its outcome is unknown",
    async run(context) {
      const { client } = await scenario(context, { before: "hang" });
      for (const ignore of [false, true]) {
        const controller = new AbortController();
        const call = client({
          fetch(url, init) {
            setTimeout(() => controller.abort("enough"), 10);
            return ignore ? never : fetch(url, init);
          },
        }).webhooks.create(BODY, { signal: controller.signal });
        const error = await rejection(call, context.sdk.AbortError);
        equal(error.cause, "enough", "cause");
        equal(error.outcome, "unknown", "outcome");
        equal(error.attempts, 1, "attempts");
      }
    },
  },
  {
    name: "an abort ends the wait before a retry at once",
    async run(context) {
      const { client, received } = await scenario(context, { status: 429, headers: { "retry-after": "30" } });
      for (const delay of [undefined, 10]) {
        const controller = new AbortController();
        const abort = () => controller.abort();
        const call = client({
          maxRetryWait: 60_000,
          onAttempt: () => (delay === undefined ? abort() : setTimeout(abort, delay)),
        }).webhooks.create(BODY, { signal: controller.signal });
        const error = await rejection(call, context.sdk.AbortError);
        equal(error.outcome, "refused", "outcome");
        equal(error.attempts, 1, "attempts");
      }
      equal((await received()).length, 2, "requests");
    },
  },
  {
    name: "a signal that outlives its calls keeps no listeners of theirs",
    async run(context) {
      const { client } = await scenario(context, { status: 500 }, FOUND);
      const controller = new AbortController();
      const { signal } = controller;
      let heard = 0;
      const counters = new Map<EventListener, EventListener>();
      const add = signal.addEventListener.bind(signal);
      const remove = signal.removeEventListener.bind(signal);
      signal.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
        const count = (event: Event): void => {
          heard++;
          listener(event);
        };
        counters.set(listener, count);
        add(type, count, options);
      };
      signal.removeEventListener = (type: string, listener: EventListener) => {
        remove(type, counters.get(listener) ?? listener);
      };
      await client().webhooks.get("1", { signal });
      await client({ middleware: [{ onRequest: () => undefined }] }).webhooks.get("1", { signal });
      controller.abort();
      equal(heard, 0, "listeners left");
    },
  },
  {
    name: "the token in an abort reason does not show",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      const signal = AbortSignal.abort(new Error(`stopped ${TOKEN}`));
      const error = await rejection(client().webhooks.get("1", { signal }), context.sdk.AbortError);
      check(!shown(error).includes(TOKEN), "the token does not show");
      check(shown(error).includes("stopped [redacted]"), "the rest does");
    },
  },
];
