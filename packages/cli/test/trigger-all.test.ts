import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { mindbridge } from "./command.ts";
import { type ClassicMistake, type EndpointOptions, endpoint, plainEndpoint, serve } from "./endpoint.ts";
import { serveText } from "./serve-text.ts";
import { signingKey } from "./signing-key.ts";

/** What `mindbridge trigger --all --json` prints. */
interface Report {
  readonly right: number;
  readonly wrong: number;
  readonly lenient: number;
  readonly unchecked: number;
  readonly mistakes: readonly { readonly name: string }[];
  readonly hints: readonly { readonly name: string; readonly explanation: string; readonly whatToDo: string }[];
  readonly cases: readonly {
    readonly kind: string;
    readonly name: string;
    readonly verdict: string;
    readonly answer: string;
  }[];
}

interface Examined {
  readonly code: number | null;
  readonly report: Report;
  readonly mistakes: readonly string[];
  readonly hints: readonly string[];
  readonly stderr: string;
}

/** Examines an endpoint that verifies with the key of the file. */
async function examine(to: string, file: string, args: readonly string[] = []): Promise<Examined> {
  const { code, stdout, stderr } = await mindbridge([
    "trigger",
    "--all",
    "--json",
    "--to",
    to,
    "--key-file",
    file,
    ...args,
  ]);
  const report: Report = JSON.parse(stdout);
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  return { code, report, mistakes: names(report.mistakes), hints: names(report.hints), stderr };
}

/** What lets an endpoint of these tests be examined in full. */
const full = (to: string): string[] => ["--effects", to, "--failing", "data.analysisId=fail"];

/** Examines an endpoint of these tests in full. */
async function examineFully(options: EndpointOptions = {}): Promise<Examined> {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey, options);
  return examine(to, file, full(to));
}

test("finds nothing wrong with an endpoint that is right", async () => {
  const { code, report, mistakes, hints } = await examineFully();
  expect({ code, mistakes, hints }).toEqual({ code: 0, mistakes: [], hints: [] });
  expect(report).toMatchObject({ wrong: 0, lenient: 0, unchecked: 0, right: report.cases.length });
  const kinds = report.cases.map(({ kind }) => kind);
  for (const kind of ["genuine", "rewritten", "two-signatures", "repetition", "failure", "attack"]) {
    expect(kinds).toContain(kind);
  }
});

test.each<{ why: string; options: EndpointOptions }>([
  { why: "handles one after another later", options: { later: { each: 40 } } },
  { why: "handles later what has come until then", options: { later: { every: 120 } } },
  { why: "remembers the id of the event", options: { remembers: (_, { eventId }) => eventId } },
])("finds nothing wrong with an endpoint that $why", async ({ options }) => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey, options);
  const { code, mistakes, hints } = await examine(to, file, ["--effects", to]);
  expect({ code, mistakes, hints }).toEqual({ code: 0, mistakes: [], hints: ["no-failing"] });
});

test("calls an endpoint lenient, and not wrong, that takes what harms nobody", async () => {
  const { file, publicKey } = await signingKey();
  const { code, report, mistakes, hints } = await examine(await plainEndpoint(publicKey), file);
  expect({ code, mistakes }).toEqual({ code: 0, mistakes: [] });
  expect(hints).toEqual(["no-effects", "no-failing", "lenient"]);
  const lenient = report.cases.filter(({ verdict }) => verdict === "lenient").map(({ name }) => name);
  expect(lenient).toHaveLength(report.lenient);
  expect(lenient).toEqual(
    expect.arrayContaining([
      "the body has a byte order mark",
      "the signature is in base64url",
      "the timestamp has a zero before it",
      "the id holds a dot, and is signed",
      "the signature comes twice",
    ]),
  );

  const { stdout } = await mindbridge(["trigger", "--all", "--to", await plainEndpoint(publicKey), "--key-file", file]);
  expect(stdout).toMatch(/^! the signature is in base64url +204 in [\d.]+ ms$/m);
  expect(stdout).toMatch(/^lenient: /m);
  expect(stdout).toMatch(new RegExp(` 0 wrong, ${report.lenient} lenient, 2 not checked\\.\n$`));
});

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
  { mistakes: ["body-reserialised", "first-signature-only", "no-tolerance", "no-deduplication", "success-on-failure"] },
  { mistakes: ["success-on-refusal", "body-reserialised", "no-tolerance", "no-deduplication"] },
])("names the mistakes of an endpoint: $mistakes", async ({ mistakes }) => {
  const examined = await examineFully({ mistakes });
  expect(examined.code).toBe(1);
  expect(examined.mistakes).toEqual(mistakes);
});

test.each<{ later: NonNullable<EndpointOptions["later"]> }>([{ later: { each: 40 } }, { later: { every: 120 } }])(
  "finds that a delivery has two effects, however late: $later",
  async ({ later }) => {
    const { file, publicKey } = await signingKey();
    const to = await endpoint(publicKey, { later, mistakes: ["no-deduplication"] });
    const { code, mistakes } = await examine(to, file, ["--effects", to]);
    expect({ code, mistakes }).toEqual({ code: 1, mistakes: ["no-deduplication"] });
  },
);

test.each<{ what: string; remembers: NonNullable<EndpointOptions["remembers"]> }>([
  { what: "signatures", remembers: (headers) => headers["webhook-signature"] },
  { what: "times of signing", remembers: (headers, { eventId }) => `${eventId} ${headers["webhook-timestamp"]}` },
])("a retry is signed anew, and so comes twice to an endpoint that remembers $what", async ({ remembers }) => {
  const { code, mistakes } = await examineFully({ remembers });
  expect({ code, mistakes }).toEqual({ code: 1, mistakes: ["no-deduplication"] });
});

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
])("names a body that is verified in another form, and what else is wrong: $form", async ({ rewrite }) => {
  const options = { rewrite, mistakes: ["body-reserialised", "no-tolerance", "no-deduplication"] } as const;
  const { code, mistakes } = await examineFully(options);
  expect({ code, mistakes }).toEqual({ code: 1, mistakes: options.mistakes });
});

test("an endpoint may be told to have a longer tolerance, and is found out where it has", async () => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey, { tolerance: 3_600 });
  expect((await examine(to, file)).mistakes).toEqual(["no-tolerance"]);
  expect((await examine(to, file, ["--tolerance", "3600"])).mistakes).toEqual([]);
});

/** What an answer is to be in place of that of the endpoint: a status, `undefined` for none, or with headers. */
type Altered = number | undefined | readonly [status: number, headers: Record<string, string>];

/** What is asked, in what was sent before it. */
interface Asked {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  /** What the endpoint answers. */
  readonly status: number;
  /** How many were sent before. */
  readonly before: number;
}

/** Stands before a right endpoint, and answers otherwise. */
async function altered(right: string, alter: (asked: Asked) => Altered): Promise<string> {
  let before = 0;
  return serve(async (request, response) => {
    const body = await buffer(request);
    const answer = alter({ request, body, status: await relay(right, request, body), before });
    before += 1;
    if (answer === undefined) request.socket.destroy();
    else if (typeof answer === "number") response.writeHead(answer).end();
    else response.writeHead(...answer).end();
  });
}

/** Sends a request on as it came. */
async function relay(to: string, { rawHeaders }: IncomingMessage, body: Buffer): Promise<number> {
  const sent = httpRequest(to, { method: "POST", headers: rawHeaders, agent: false }).end(body);
  const [response] = await once(sent, "response");
  // Once the answer is there, what becomes of the connection is no matter.
  sent.on("error", () => {});
  response.resume();
  return response.statusCode;
}

test.each<{ what: string; alter: (asked: Asked) => Altered; name: string }>([
  { what: "redirects all", alter: () => [308, { location: "/webhooks/" }], name: "redirects" },
  { what: "redirects what it refuses", alter: ({ status }) => (status < 300 ? status : 302), name: "redirects" },
  { what: "has another path", alter: () => 404, name: "not-found" },
  { what: "takes no POST", alter: () => 405, name: "not-found" },
  { what: "fails", alter: () => 500, name: "fails-on-genuine" },
  { what: "refuses all", alter: () => 401, name: "refuses-genuine" },
  {
    what: "refuses a type",
    alter: ({ body, status }) => (body.includes("analysis.failed") ? 404 : status),
    name: "refuses-genuine",
  },
  { what: "closes connections", alter: () => undefined, name: "no-answer" },
  {
    what: "does not answer what has no id",
    alter: ({ request, status }) => (request.headers["webhook-id"] === undefined ? undefined : status),
    name: "attacks-unanswered",
  },
  {
    what: "takes what has no signature",
    alter: ({ request, status }) => (request.headers["webhook-signature"] === undefined ? 200 : status),
    name: "attacks-taken",
  },
])("tells an endpoint from worse that $what", async ({ alter, name }) => {
  const { file, publicKey } = await signingKey();
  const { code, mistakes } = await examine(await altered(await endpoint(publicKey), alter), file);
  expect({ code, mistakes }).toEqual({ code: 1, mistakes: [name] });
});

test("tells a repetition that is refused, and no effect, from two effects", async () => {
  const { file, publicKey } = await signingKey();
  const right = await endpoint(publicKey);
  const seen = new Set<unknown>();
  const to = await altered(right, ({ request, status }) => {
    const id = request.headers["webhook-id"];
    if (seen.has(id) && status < 300) return 409;
    if (status < 300) seen.add(id);
    return status;
  });
  expect((await examine(to, file, ["--effects", right])).mistakes).toEqual(["repetition-refused"]);

  const none = await serve((_, response) => void response.end("0"));
  const { mistakes } = await examine(await endpoint(publicKey), file, ["--effects", none, "--timeout", "1000"]);
  expect(mistakes).toEqual(["no-effect"]);
});

test("an endpoint need not handle every type", async () => {
  const { file, publicKey } = await signingKey();
  const right = await endpoint(publicKey);
  const to = await altered(await endpoint(publicKey), ({ status }) => status);
  // What is counted are the effects of this one alone.
  const handling = await serve(async (request, response) => {
    const body = await buffer(request);
    const isHandled = body.includes("analysis.failed");
    response.writeHead(await relay(isHandled ? right : to, request, body)).end();
  });
  const { code, mistakes } = await examine(handling, file, ["--effects", right, "--timeout", "1000"]);
  expect({ code, mistakes }).toEqual({ code: 0, mistakes: [] });
});

test.each<{ limit: string; alter: (asked: Asked) => Altered }>([
  { limit: "429", alter: ({ before, status }) => (before < 4 ? status : 429) },
  { limit: "429 among attacks", alter: ({ before, status }) => (before < 20 ? status : 429) },
  { limit: "503", alter: ({ before, status }) => (before < 4 ? status : 503) },
  { limit: "503 with Retry-After", alter: ({ before }) => (before < 7 ? 204 : [503, { "retry-after": "60" }]) },
])("where an endpoint limits what it takes, what it refuses is not checked: $limit", async ({ alter }) => {
  const { file, publicKey } = await signingKey();
  const { code, report, mistakes, hints } = await examine(await altered(await endpoint(publicKey), alter), file);
  expect({ code, mistakes }).toEqual({ code: 1, mistakes: [] });
  expect(hints).toContain("unproven");
  expect(report.wrong).toBe(0);
  expect(report.unchecked).toBeGreaterThan(40);
});

test("one limit that is over by the next genuine delivery leaves but that unchecked", async () => {
  const { file, publicKey } = await signingKey();
  const to = await altered(await endpoint(publicKey), ({ request, status }) =>
    String(request.headers["webhook-signature"]).length > 5_000 ? 429 : status,
  );
  const { code, report, hints } = await examine(to, file);
  expect({ code, hints }).toEqual({ code: 0, hints: ["no-effects", "no-failing", "limited"] });
  expect(report).toMatchObject({ wrong: 0 });
});

test("an endpoint may refuse a field that it does not know", async () => {
  const { file, publicKey } = await signingKey();
  const to = await altered(await endpoint(publicKey), ({ body, status }) => (body.includes('"note"') ? 422 : status));
  const { code, mistakes, hints } = await examine(to, file);
  expect({ code, mistakes }).toEqual({ code: 0, mistakes: [] });
  expect(hints).toEqual(["refused-for-content", "no-effects", "no-failing"]);
});

test("no answer is said for people, too", async () => {
  const { file } = await signingKey();
  const to = await serve((request) => request.socket.destroy());
  const { code, stdout } = await mindbridge(["trigger", "--all", "--to", to, "--key-file", file]);
  expect(code).toBe(1);
  expect(stdout).toContain("no-answer: The endpoint gives no answer.");
});

test("an answer of 101 is none", async () => {
  const { file } = await signingKey();
  const to = await serveText("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: else\r\n\r\n");
  const { code, report, mistakes } = await examine(to, file);
  expect({ code, mistakes }).toEqual({ code: 1, mistakes: ["no-answer"] });
  expect(report.cases).toMatchObject([{ status: 101, verdict: "wrong" }]);
});

test("does not wait for each answer of an endpoint that leaves attacks without one", async () => {
  const { file, publicKey } = await signingKey();
  const right = await endpoint(publicKey);
  let waiting = 0;
  const to = await serve(async (request, response) => {
    const status = await relay(right, request, await buffer(request));
    if (status < 300) response.writeHead(status).end();
    else waiting += 1;
  });
  const { code, mistakes, hints } = await examine(to, file, ["--timeout", "1000"]);
  expect({ code, mistakes, waiting }).toEqual({ code: 1, mistakes: ["attacks-unanswered"], waiting: 3 });
  expect(hints).toContain("not-sent");
});

test("where the count of effects cannot be had to the end, the rest is examined all the same", async () => {
  const { file, publicKey } = await signingKey();
  let asked = 0;
  const effects = await serve((_, response) => {
    asked += 1;
    response.end(asked === 1 ? "0" : "not any more");
  });
  const { code, report, hints } = await examine(await endpoint(publicKey), file, ["--effects", effects]);
  expect({ code, hints }).toEqual({ code: 0, hints: ["no-effects", "no-failing"] });
  expect(report.wrong).toBe(0);
});

test("says what it could not check, and how to let it", async () => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey, { mistakes: ["no-deduplication"] });
  const { code, stdout } = await mindbridge(["trigger", "--all", "--to", to, "--key-file", file]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/not checked: .*--effects/);
  expect(stdout).toMatch(/not checked: .*--failing/);
  expect(stdout).toMatch(/ 0 wrong, 2 not checked\.\n$/);
});

test("says with which key it signs, and to whom it sends without the password", async () => {
  const { file, publicKey } = await signingKey();
  const to = (await endpoint(publicKey)).replace("//", "//user:pa55word@");
  const { code, report, stderr } = await examine(to, file, full(to));
  expect(code).toBe(0);
  expect(report).toMatchObject({ publicKey, to: to.replace("user:pa55word@", "") });
  expect(stderr).toContain(publicKey);
  expect(stderr + JSON.stringify(report)).not.toContain("pa55word");
});
