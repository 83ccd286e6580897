import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { DELIVERY_TYPES } from "@mindbridge-sdk/contract/deliveries";
import { createReceiver, memoryStore, type ReceiverOptions } from "@mindbridge-sdk/receiver";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type Case,
  ConfigurationError,
  type Examination,
  type ExamineOptions,
  examineEndpoint,
  type Handler,
  type MistakeName,
  sendDelivery,
} from "../../src/examine/index.ts";
import { createTestSigner } from "../../src/index.ts";
import { type ClassicMistake, type EndpointOptions, endpoint, overHttp, plainEndpoint, serve } from "./endpoint.ts";

const [signer, otherSigner] = await Promise.all([createTestSigner(), createTestSigner()]);
const failing = { data: { analysisId: "fail" } };

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);
const found = ({ passed, mistakes, hints }: Examination) => ({
  passed,
  mistakes: names(mistakes),
  hints: names(hints),
});

/** Examines an endpoint in full. */
const examineFully = (options: EndpointOptions = {}): Promise<Examination> =>
  examineEndpoint({ ...endpoint(signer.publicKey, options), signer, failing });

/** Examines what answers in place of a right endpoint. */
const examineAltered = (alter: (asked: Asked) => Altered): Promise<Examination> =>
  examineEndpoint({ handle: altered(endpoint(signer.publicKey).handle, alter), signer });

/** An answer in place of that of the endpoint; `undefined` for none, which is an error that the handler throws. */
type Altered = number | undefined | ResponseInit;

/** A request, and what the endpoint answers to it. */
interface Asked {
  readonly headers: Headers;
  readonly body: string;
  readonly status: number;
  /** How many came before. */
  readonly before: number;
}

/** Stands before an endpoint, and answers otherwise. */
function altered(right: Handler, alter: (asked: Asked) => Altered): Handler {
  let before = 0;
  return async (request) => {
    const { headers } = request;
    const body = await request.clone().text();
    const { status } = await right(request);
    const answer = alter({ headers, body, status, before });
    before += 1;
    if (answer === undefined) throw new Error("There is no answer.");
    return new Response(null, typeof answer === "number" ? { status: answer } : answer);
  };
}

describe("an endpoint that is right", () => {
  test.each<"handle" | "url">(["handle", "url"])("passes, with nothing left unchecked: %s", async (way) => {
    const { handle, effects } = endpoint(signer.publicKey);
    const target = way === "handle" ? { handle } : { url: await overHttp(handle) };
    const examined = await examineEndpoint({ ...target, signer, effects, failing });
    expect(found(examined)).toEqual({ passed: true, mistakes: [], hints: [] });
    expect(examined.counts).toEqual({ right: examined.cases.length, wrong: 0, lenient: 0, unchecked: 0 });
    expect(new Set(examined.cases.map(({ kind }) => kind))).toEqual(
      new Set(["genuine", "rewritten", "two-signatures", "repetition", "failure", "attack"]),
    );
  });

  test.each<{ why: string; options: EndpointOptions }>([
    { why: "handles one after another later", options: { later: { each: 40 } } },
    { why: "handles later what has come until then", options: { later: { every: 120 } } },
    { why: "remembers the id of the event", options: { remembers: (_, { eventId }) => eventId } },
  ])("passes if it $why", async ({ options }) => {
    const examined = await examineEndpoint({ ...endpoint(signer.publicKey, options), signer });
    expect(found(examined)).toEqual({ passed: true, mistakes: [], hints: ["no-failing"] });
  });

  test("passes without effects and failing, which leave two cases unchecked", async () => {
    const { handle } = endpoint(signer.publicKey, { mistakes: ["no-deduplication"] });
    const examined = await examineEndpoint({ handle, signer });
    expect(found(examined)).toEqual({ passed: true, mistakes: [], hints: ["no-effects", "no-failing"] });
    expect(examined.counts).toMatchObject({ wrong: 0, unchecked: 2 });
  });

  test("passes, and is called lenient, if it takes harmless attacks", async () => {
    const examined = await examineEndpoint({ url: await overHttp(plainEndpoint(signer.publicKey)), signer });
    expect(found(examined)).toEqual({ passed: true, mistakes: [], hints: ["no-effects", "no-failing", "lenient"] });
    const lenient = names(examined.cases.filter(({ verdict }) => verdict === "lenient"));
    expect(lenient).toHaveLength(examined.counts.lenient);
    expect(lenient).toEqual(
      expect.arrayContaining([
        "the body has a byte order mark",
        "the signature is in base64url",
        "the timestamp has a zero before it",
        "the id holds a dot, and is signed",
        "the signature comes twice",
      ]),
    );
  });
});

// Most of their time is spent waiting for effects.
describe("an endpoint that makes mistakes", { concurrent: true }, () => {
  test.each<{ mistakes: readonly ClassicMistake[] }>([
    { mistakes: ["no-verification"] },
    { mistakes: ["body-reserialised"] },
    { mistakes: ["first-signature-only"] },
    { mistakes: ["no-tolerance"] },
    { mistakes: ["no-deduplication"] },
    { mistakes: ["success-on-refusal"] },
    { mistakes: ["success-on-failure"] },
    { mistakes: ["refusal-on-failure"] },
    { mistakes: ["no-verification", "no-deduplication", "success-on-failure"] },
    {
      mistakes: ["body-reserialised", "first-signature-only", "no-tolerance", "no-deduplication", "success-on-failure"],
    },
    { mistakes: ["success-on-refusal", "body-reserialised", "no-tolerance", "no-deduplication"] },
  ])("is told them: $mistakes", async ({ mistakes }) => {
    expect(found(await examineFully({ mistakes }))).toMatchObject({ passed: false, mistakes });
  });

  test("is not told that a delivery is lost which it may have handled at the second attempt", async () => {
    const { handle } = endpoint(signer.publicKey);
    const failedOnce = new Set<string>();
    const recovering: Handler = async (request) => {
      const body = await request.clone().text();
      if (!body.includes('"fail"') || failedOnce.has(body)) return handle(request);
      failedOnce.add(body);
      return new Response(null, { status: 500 });
    };
    const { mistakes } = await examineEndpoint({ handle: recovering, signer, failing: { note: "fail" } });
    expect(mistakes).toMatchObject([
      {
        name: "success-on-failure",
        explanation: expect.stringContaining("If it has not handled the delivery, that is lost."),
        whatToDo: expect.stringContaining("`failing` must fail at every attempt"),
      },
    ]);
  });

  test.each<{ later: NonNullable<EndpointOptions["later"]> }>([{ later: { each: 40 } }, { later: { every: 120 } }])(
    "is told that a delivery has two effects, however late they come: $later",
    async ({ later }) => {
      const { handle, effects } = endpoint(signer.publicKey, { later, mistakes: ["no-deduplication"] });
      const examined = await examineEndpoint({ handle, effects, signer });
      expect(found(examined)).toMatchObject({ passed: false, mistakes: ["no-deduplication"] });
    },
  );

  test.each<{ what: string; remembers: NonNullable<EndpointOptions["remembers"]> }>([
    { what: "signatures", remembers: (headers) => headers.get("webhook-signature") },
    { what: "times of signing", remembers: (headers, { eventId }) => `${eventId} ${headers.get("webhook-timestamp")}` },
  ])(
    "is told that a retry has two effects, since it remembers $what, which are new in a retry",
    async ({ remembers }) => {
      expect(found(await examineFully({ remembers }))).toMatchObject({ passed: false, mistakes: ["no-deduplication"] });
    },
  );

  const parsed = (body: Buffer): Record<string, unknown> => JSON.parse(body.toString());

  test.each<{ form: string; rewrite: NonNullable<EndpointOptions["rewrite"]> }>([
    {
      form: "spaced",
      rewrite: (body) =>
        JSON.stringify(parsed(body), null, 1)
          .replaceAll(/,\n\s*/g, ", ")
          .replaceAll(/\n\s*/g, ""),
    },
    { form: "indented", rewrite: (body) => JSON.stringify(parsed(body), undefined, 2) },
    { form: "sorted", rewrite: (body) => JSON.stringify(parsed(body), Object.keys(parsed(body)).toSorted()) },
    { form: "no text", rewrite: (body) => String(parsed(body)) },
    { form: "read before", rewrite: () => "" },
    { form: "trimmed", rewrite: (body) => body.toString().trim() },
    { form: "of another charset", rewrite: (body) => Buffer.from(body.toString("latin1")) },
  ])("is told that it verifies the body in another form, and what else is wrong: $form", async ({ rewrite }) => {
    const mistakes = ["body-reserialised", "no-tolerance", "no-deduplication"] as const;
    expect(found(await examineFully({ rewrite, mistakes }))).toMatchObject({ passed: false, mistakes });
  });

  test("is told of a longer tolerance, unless that is said", async () => {
    const { handle } = endpoint(signer.publicKey, { tolerance: 3_600 });
    expect(found(await examineEndpoint({ handle, signer })).mistakes).toEqual(["no-tolerance"]);
    expect(found(await examineEndpoint({ handle, signer, tolerance: 3_600 })).mistakes).toEqual([]);
  });

  test.each<{ what: string; alter: (asked: Asked) => Altered; name: string }>([
    { what: "redirects all", alter: () => ({ status: 308, headers: { location: "/" } }), name: "redirects" },
    { what: "redirects what it refuses", alter: ({ status }) => (status < 300 ? status : 302), name: "redirects" },
    { what: "has another path", alter: () => 404, name: "not-found" },
    { what: "takes no POST", alter: () => 405, name: "not-found" },
    { what: "fails", alter: () => 500, name: "fails-on-genuine" },
    { what: "throws", alter: () => undefined, name: "fails-on-genuine" },
    { what: "refuses all", alter: () => 401, name: "refuses-genuine" },
    {
      what: "refuses a type",
      alter: ({ body, status }) => (body.includes("analysis.failed") ? 404 : status),
      name: "refuses-genuine",
    },
    {
      what: "takes what has no signature",
      alter: ({ headers, status }) => (headers.has("webhook-signature") ? status : 200),
      name: "attacks-taken",
    },
  ])("gets the right name for its mistake: $what", async ({ alter, name }) => {
    expect(found(await examineAltered(alter))).toMatchObject({ passed: false, mistakes: [name] });
  });

  test("gets other names for a refused repetition and for no effect than for two effects", async () => {
    const { handle, effects } = endpoint(signer.publicKey);
    const seen = new Set<unknown>();
    const refusing = altered(handle, ({ headers, status }) => {
      const id = headers.get("webhook-id");
      if (seen.has(id) && status < 300) return 409;
      if (status < 300) seen.add(id);
      return status;
    });
    expect(found(await examineEndpoint({ handle: refusing, effects, signer })).mistakes).toEqual([
      "repetition-refused",
    ]);

    const idle = await examineEndpoint({ handle, effects: () => 0, signer, timeout: 1000 });
    expect(found(idle).mistakes).toEqual(["no-effect"]);
  });
});

/** The genuine deliveries that come first: one of each type, one of unusual bytes, and one with two signatures. */
const GENUINE = DELIVERY_TYPES.length + 2;

describe("an endpoint that cannot be examined to the end", () => {
  test.each<{ limit: string; alter: (asked: Asked) => Altered }>([
    { limit: "429", alter: ({ before, status }) => (before < GENUINE ? status : 429) },
    { limit: "429 among attacks", alter: ({ before, status }) => (before < 20 ? status : 429) },
    { limit: "503", alter: ({ before, status }) => (before < GENUINE ? status : 503) },
    {
      limit: "503 with Retry-After",
      alter: ({ before }) => (before < 7 ? 204 : { status: 503, headers: { "retry-after": "60" } }),
    },
  ])("does not pass: what it refuses because of a limit is not checked: $limit", async ({ alter }) => {
    const examined = await examineAltered(alter);
    expect(found(examined)).toMatchObject({ passed: false, mistakes: [] });
    expect(names(examined.hints)).toContain("unproven");
    expect(examined.counts.wrong).toBe(0);
    expect(examined.counts.unchecked).toBeGreaterThan(40);
  });

  test("does not pass, and is not waited for each time, if it leaves attacks without an answer", async () => {
    let waiting = 0;
    const right = endpoint(signer.publicKey).handle;
    const handle: Handler = async (request) => {
      const response = await right(request);
      if (response.ok) return response;
      waiting += 1;
      return new Promise(() => {});
    };
    const examined = await examineEndpoint({ handle, signer, timeout: 200 });
    expect(found(examined)).toMatchObject({ passed: false, mistakes: ["attacks-unanswered"] });
    expect(names(examined.hints)).toContain("not-sent");
    expect(waiting).toBe(3);
  });

  test.each<{ what: string; answer: (socket: Socket) => void; status: number | undefined }>([
    { what: "closes connections", answer: (socket) => socket.destroy(), status: undefined },
    {
      what: "changes the protocol",
      answer: (socket) =>
        socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: else\r\n\r\n"),
      status: 101,
    },
  ])("is sent one delivery only if it $what", async ({ answer, status }) => {
    const server = createServer((socket) => socket.on("error", () => {}).once("data", () => answer(socket)));
    await once(server.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const examined = await examineEndpoint({ url, signer });
    expect(found(examined)).toMatchObject({ passed: false, mistakes: ["no-answer"] });
    expect(examined.cases).toMatchObject([{ status, outcome: "unanswered", verdict: "wrong" }]);
  });

  test("is told that it closes the connection on an attack", async () => {
    const handle = altered(endpoint(signer.publicKey).handle, ({ headers, status }) =>
      headers.has("webhook-id") ? status : undefined,
    );
    const examined = await examineEndpoint({ url: await overHttp(handle), signer });
    expect(found(examined)).toMatchObject({ passed: false, mistakes: ["attacks-unanswered"] });
  });
});

describe("a receiver of this SDK that takes nothing says why, and that is what to do", () => {
  const key = "configure it with `signer.publicKey`";
  const takesNothing = async (options: Partial<ReceiverOptions>, before?: (request: Request) => Promise<unknown>) => {
    const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), log: false, ...options }).on(
      "analysis.completed",
      () => {
        throw new Error("no");
      },
    );
    const handle: Handler = async (request) => {
      await before?.(request);
      return receiver.fetch(request);
    };
    const { passed, mistakes, cases } = await examineEndpoint({ handle, signer });
    return { passed, mistakes, first: cases.find(({ verdict }) => verdict === "wrong") };
  };
  const down = { ...memoryStore(), claim: () => Promise.reject(new Error("no")) };

  test.each<[string, Partial<ReceiverOptions>, MistakeName, RegExp]>([
    [
      "handler",
      {},
      "fails-on-genuine",
      /^It answers handler\. The handler threw\. The hook `failed` gets the error\. Without it, its log says where\.$/,
    ],
    // A receiver asks the sender to come again, but that is no limit.
    ["store", { store: down }, "fails-on-genuine", /^It answers store\. The store failed\. /],
    [
      "key_source",
      { keys: () => [] },
      "fails-on-genuine",
      /^It answers key_source\. The keys function failed, or has no key/,
    ],
    [
      "too_old",
      { now: () => Date.now() + 600_000 },
      "fails-on-genuine",
      /^It answers too_old\. Check the clock of the machine that receives\.$/,
    ],
    [
      "too_new",
      { now: () => Date.now() - 3_600_000 },
      "fails-on-genuine",
      /^It answers too_new\. Check the clock of the machine that receives\.$/,
    ],
    ["invalid_key", { keys: () => "whpk_" }, "fails-on-genuine", /^It answers invalid_key\. Pass the publicKey of /],
    [
      "no_key",
      { keys: () => undefined },
      "refuses-genuine",
      new RegExp(`^It answers no_key\\. .* gave undefined\\. .* ${key}`),
    ],
    [
      "signature_mismatch",
      { keys: otherSigner.publicKey },
      "refuses-genuine",
      new RegExp(`^It answers signature_mismatch\\. .* ${key}`),
    ],
  ])("%s", async (code, options, name, whatToDo) => {
    const { passed, mistakes, first } = await takesNothing(options);
    expect(passed).toBe(false);
    expect(mistakes).toEqual([{ name, explanation: expect.any(String), whatToDo: expect.stringMatching(whatToDo) }]);
    expect(first).toMatchObject({ code, answer: expect.stringMatching(new RegExp(`^\\d+ ${code} in `)) });
  });

  test("a clock that is off, not a tolerance that is missing", async () => {
    const now = () => Date.now() - 360_000;
    const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), now, log: false })
      .onUnknown(() => {})
      .on("analysis.completed", () => {});
    const { mistakes, cases } = await examineEndpoint({ handle: receiver.fetch, signer });
    // It takes what is out of time.
    expect(cases).toContainEqual(expect.objectContaining({ kind: "attack", outcome: "taken", verdict: "wrong" }));
    expect(mistakes.map(({ name }) => name)).toEqual(["fails-on-genuine"]);
  });

  test("raw_body", async () => {
    const { mistakes } = await takesNothing({}, (request) => request.text());
    expect(mistakes.map(({ whatToDo }) => whatToDo)).toEqual([
      expect.stringMatching(/^It answers raw_body\. A parser ran before the receiver, .* NestJS: rawBody: true\./),
    ]);
  });

  test("overloaded is a limit, and a code of nobody is none", async () => {
    const limited = await examineAltered(() => ({ status: 503, headers: { "retry-after": "1" } }));
    expect(limited.hints).toContainEqual(
      expect.objectContaining({ name: "limited", whatToDo: expect.stringMatching(/^Lift/) }),
    );
    const answering = (code: string) => {
      const headers = { "retry-after": "1" };
      return examineEndpoint({ handle: () => Response.json({ code }, { status: 503, headers }), signer });
    };
    const overloaded = await answering("overloaded");
    expect(overloaded.hints).toContainEqual(
      expect.objectContaining({
        name: "limited",
        whatToDo: expect.stringMatching(/^It answers overloaded\. .*maxPendingBytes/),
      }),
    );
    const unknown = await answering("constructor");
    expect(unknown.cases[0]).toMatchObject({ outcome: "limited" });
    expect(unknown.cases[0]).not.toHaveProperty("code");
  });
});

test("a limit that ends before the next genuine delivery leaves only one answer unchecked", async () => {
  const examined = await examineAltered(({ headers, status }) =>
    String(headers.get("webhook-signature")).length > 5_000 ? 429 : status,
  );
  expect(found(examined)).toEqual({ passed: true, mistakes: [], hints: ["no-effects", "no-failing", "limited"] });
});

test("an endpoint need not handle every type", async () => {
  const [handling, others] = [endpoint(signer.publicKey), endpoint(signer.publicKey)];
  const handle: Handler = async (request) => {
    const isHandled = (await request.clone().text()).includes("analysis.failed");
    return (isHandled ? handling : others).handle(request);
  };
  // Only the effects of this one type are counted.
  const examined = await examineEndpoint({ handle, effects: handling.effects, signer, timeout: 300 });
  expect(found(examined)).toMatchObject({ passed: true, mistakes: [] });
});

test("an endpoint may refuse a field that it does not know", async () => {
  const examined = await examineAltered(({ body, status }) => (body.includes('"note"') ? 422 : status));
  expect(found(examined)).toEqual({
    passed: true,
    mistakes: [],
    hints: ["refused-for-content", "no-effects", "no-failing"],
  });
});

test("if effects can no longer be counted, the rest is examined all the same", async () => {
  let asked = 0;
  const effects = () => {
    asked += 1;
    return asked === 1 ? 0 : undefined;
  };
  const examined = await examineEndpoint({ ...endpoint(signer.publicKey), effects, signer });
  expect(found(examined)).toEqual({ passed: true, mistakes: [], hints: ["no-effects", "no-failing"] });
});

test("an error of effects ends the examination", async () => {
  const effects = () => {
    throw new Error("The table is gone.");
  };
  const examining = examineEndpoint({ ...endpoint(signer.publicKey), effects, signer });
  await expect(examining).rejects.toThrow("The table is gone.");
});

test("each sample is an event of its own with the overrides, and onCase gets each case", async () => {
  const taken: { id: string | null; body: { tenantId: string; eventId?: string; data: Record<string, unknown> } }[] =
    [];
  const told: Case[] = [];
  const right = endpoint(signer.publicKey).handle;
  const { cases } = await examineEndpoint({
    handle: async (request) => {
      expect(request.url).toBe("https://hooks.example.com/mindbridge");
      const response = await right(request.clone());
      if (response.ok) taken.push({ id: request.headers.get("webhook-id"), body: await request.json() });
      return response;
    },
    url: "https://hooks.example.com/mindbridge",
    signer,
    overrides: (event) => ({ ...event, tenantId: "acme", data: { ...(event.data as object), analysisId: "42" } }),
    onCase: (each) => told.push(each),
  });
  expect(told).toEqual(cases);
  expect(taken.length).toBeGreaterThan(5);
  for (const { id, body } of taken) {
    expect(body).toMatchObject({ tenantId: "acme", data: { analysisId: "42" } });
    // Not every type has both.
    for (const holder of [body, body.data]) if ("eventId" in holder) expect(holder.eventId).toBe(id);
  }
  // One is sent twice.
  expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length - 1);
});

test("the answer tells what a handler threw, or that it returned no response", async () => {
  const { cases } = await examineEndpoint({ handle: () => Promise.reject(new Error("no such table")), signer });
  expect(cases[0]).toMatchObject({
    status: 500,
    answer: expect.stringMatching(/^500 in .* ms; it threw Error: no such table$/),
  });
  const none = await examineEndpoint({ handle: (() => undefined) as unknown as Handler, signer });
  expect(none.cases[0]).toMatchObject({ status: 500, answer: expect.stringContaining("it threw TypeError: ") });
});

test.each<"handle" | "url">(["handle", "url"])("the signal ends it while it waits for an answer: %s", async (way) => {
  const cancelling = new AbortController();
  const reason = new Error("That is enough.");
  const never = () => {
    cancelling.abort(reason);
    return new Promise<never>(() => {});
  };
  const target = way === "handle" ? { handle: never } : { url: await serve(() => void never()) };
  await expect(examineEndpoint({ ...target, signer, signal: cancelling.signal })).rejects.toBe(reason);
  await expect(examineEndpoint({ ...target, signer, signal: cancelling.signal })).rejects.toBe(reason);
});

test.each<{ wrong: object; message: string }>([
  { wrong: { handle: undefined }, message: "Give url, the address of the endpoint, or handle" },
  { wrong: { handle: "https://127.0.0.1/" }, message: "Give url, the address of the endpoint, or handle" },
  { wrong: { url: "127.0.0.1:3000" }, message: "url: give one of http: or https:" },
  { wrong: { url: "ftp://127.0.0.1/" }, message: "url: give one of http: or https:" },
  { wrong: { url: "https://user:pa55word@127.0.0.1/" }, message: "url: give one without a user and a password" },
  { wrong: { signer: undefined }, message: "signer: give that of createTestSigner()" },
  { wrong: { tolerance: -1 }, message: "tolerance: give a finite number of seconds" },
  { wrong: { tolerance: Number.POSITIVE_INFINITY }, message: "tolerance: give a finite number of seconds" },
  { wrong: { timeout: 0 }, message: "timeout: give milliseconds" },
  { wrong: { timeout: 2 ** 31 }, message: "timeout: give milliseconds" },
  { wrong: { effects: 7 }, message: "effects: give a function" },
  { wrong: { effects: () => "7" }, message: "effects: return how many deliveries" },
  { wrong: { effects: () => -1 }, message: "effects: return how many deliveries" },
])("options that cannot work are refused before anything is sent: $message", async ({ wrong, message }) => {
  let sent = 0;
  const handle = () => {
    sent += 1;
    return new Response();
  };
  const options = { handle, signer, ...wrong } as ExamineOptions;
  const error: unknown = await examineEndpoint(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({ code: "configuration", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("pa55word");
  expect(sent).toBe(0);
});

test("a header that comes twice is two lines over HTTP, and joined for a handler", async () => {
  const lines: unknown[] = [];
  const url = await serve((request, response) => {
    lines.push(request.headersDistinct["webhook-id"]);
    response.end("taken");
  });
  const delivery = { headers: { "webhook-id": ["a", "b"] }, body: "{}" };
  expect(await sendDelivery(delivery, { url })).toMatchObject({ status: 200, outcome: "taken", body: "taken" });
  const handle = (request: Request) => {
    lines.push(request.headers.get("webhook-id"));
    return new Response(null, { status: 204 });
  };
  expect(await sendDelivery(delivery, { handle })).toMatchObject({ status: 204, outcome: "taken" });
  expect(lines).toEqual([["a", "b"], "a, b"]);
});
