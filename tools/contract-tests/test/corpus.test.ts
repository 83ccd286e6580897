import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate } from "@mindbridge-sdk/generator";
import { documentOf, KINDS, operation as makeOperation } from "@mindbridge-sdk/generator/corpus";
import { expect, test } from "vitest";
import { deriveCases } from "../src/cases.ts";
import { plainDocument } from "../src/document.ts";
import { writeClient } from "../src/generated-client.ts";
import { typeFailures } from "../src/mutants/types.ts";
import { type ClientClass, runCase } from "../src/run-case.ts";
import { publishedDocument, writeDocument } from "./documents.ts";
import { useMock } from "./mock.ts";

// The published operations with every kind of the corpus that the generator accepts: this document is generated and type-checked once.
// An addition of the vendor may have the name of a part of the corpus.
const kinds = Object.entries(KINDS).flatMap(([name, kind]) => (kind.refused ? [] : [{ name, ...kind }]));
const { folder, path } = await writeDocument(documentOf(kinds, await publishedDocument()));
const root = join(folder, "0");
const files = await generate({ document: path });
await writeClient(files, root, ["contract", "client", "receiver"]);
const load = (file: string): Promise<Record<string, unknown>> => import(pathToFileURL(join(root, file)).href);
const MindBridge = (await load("client/src/index.ts")).MindBridge as ClientClass;
const { contract } = (await load("client/src/contract.ts")) as { contract: () => object };
const guards = await load("contract/src/generated/validators.ts");
const { fromQueued, toDelivery, toQueued } = (await load("receiver/src/verify/delivery.ts")) as unknown as Receiver;

/** The document at another address, without deliveries, and with another name for the webhooks. */
const { path: plain } = await writeDocument({
  ...JSON.parse(
    JSON.stringify(await publishedDocument()).replaceAll(/"(?:webhooks\.\w+|Webhook|[^"]*\/Webhook)"/g, renamed),
  ),
  servers: [{ url: "https://api.mindbridge.ai/{stage}", variables: { stage: { default: "v2" } } }],
  webhooks: {},
});

function renamed(text: string): string {
  return text.replace("Webhook", "Hook").replace("webhooks", "hooks");
}

await writeClient(await generate({ document: plain }), join(folder, "1"));

/** A document of one operation, which neither takes nor returns a body. */
const { path: bare } = await writeDocument(
  documentOf([{ document: { paths: { "/pings": { post: makeOperation("pings.send", {}) } } } }]),
);

await writeClient(await generate({ document: bare }), join(folder, "2"), ["contract", "client", "receiver"]);

test("the client of an API at another address sends there, and knows no tenant", async () => {
  const file = pathToFileURL(join(folder, "1/client/src/index.ts")).href;
  const { MindBridge: Elsewhere } = (await import(file)) as { MindBridge: ClientClass };
  const urls: string[] = [];
  const fetch = async (url: string) => {
    urls.push(url);
    return new Response(null, { status: 204 });
  };
  const create = (options: object) => new Elsewhere({ token: "secret", fetch, ...options } as never);
  for (const baseUrl of ["api.mindbridge.ai", "https://api.mindbridge.ai/v2/"]) {
    await methodOf(create({ baseUrl }), "hooks.delete")("1");
  }
  expect(urls).toEqual(Array(2).fill("https://api.mindbridge.ai/v2/v1/webhooks/1"));
  expect(() => create({ baseUrl: "https://api.mindbridge.ai/api" })).toThrow(/baseUrl/);
  expect(() => create({ tenant: "acme" })).toThrow(/baseUrl/);
});

test("what is generated compiles, and the programs of its users do", async () => {
  await mkdir(join(root, "programs"));
  for (const { name, program } of kinds) {
    if (program !== undefined) await writeFile(join(root, `programs/${name}.ts`), program);
  }
  expect([...(await typeFailures(folder)).values()]).toEqual([]);
});

const validatedBodies = kinds.flatMap(({ name, bodies = {} }) =>
  Object.entries(bodies).map(([type, { valid, invalid }]) => ({ name, type, valid, invalid })),
);

test.for(validatedBodies)(
  "$name: the guard of $type takes what is valid, and nothing else",
  ({ type, valid, invalid }) => {
    const guard = guards[`is${type}`] as (value: unknown) => boolean;
    expect(valid.filter((body) => !guard(body))).toEqual([]);
    expect(invalid.filter((body) => guard(body))).toEqual([]);
  },
);

/** The table of the command line. */
const RESOURCES = JSON.parse(
  /= (\[.*\]);/s.exec(files.get("packages/cli/src/generated/operations.ts") ?? "")?.[1] ?? "",
) as {
  word: string;
  operations: { word: string; flags: { flag: string; required: boolean; list: boolean; default?: unknown }[] }[];
}[];
const expectedFlags = kinds.flatMap(({ name, flags = {} }) =>
  Object.entries(flags).map(([command, expected]) => ({ name, command, expected })),
);

test.for(expectedFlags)("$name: the command $command has its flags", ({ command, expected }) => {
  const [word, ofResource] = command.split(" ");
  const operation = RESOURCES.find((each) => each.word === word)?.operations.find((each) => each.word === ofResource);
  expect(operation?.flags.map(({ flag, required }) => `${flag}${required ? " (required)" : ""}`)).toEqual(expected);
});

const expectedDeliveries = kinds.flatMap(({ name, deliveries = [] }) =>
  deliveries.map((delivery) => ({ name, ...delivery, text: JSON.stringify(delivery.body) })),
);

test.for(expectedDeliveries)("$name: the receiver takes $text for known: $known", ({ body, known, data }) => {
  const delivery = toDelivery({ id: "1", attemptedAt: new Date(0), traceparent: undefined }, body);
  expect(delivery).toMatchObject({ known, data });
  expect(fromQueued(JSON.parse(JSON.stringify(toQueued(delivery))))).toEqual(delivery);
});

const expectedCalls = kinds.flatMap(({ name, calls = [] }) => calls.map((call) => ({ name, call })));

test.for(expectedCalls)("$name: $call.operation sends its request and reads its answer", async ({ call }) => {
  const { operation, answer = {}, sends = {}, data } = call;
  const requests: Request[] = [];
  const client = new MindBridge({
    tenant: "acme",
    token: "secret",
    fetch: async (url: string, init: RequestInit) => {
      requests.push(new Request(url, init));
      return new Response(answer.body ?? null, answer);
    },
    validate: contract(),
    ...call.options,
  } as never);
  const result = methodOf(client, operation)(...call.arguments);
  const read = { text: () => result.text(), blob: async () => describeFile(await result.blob()) };
  const received = await (call.read ? read[call.read]() : result);
  // What openapi-fetch returns is the response with its data.
  expect(operation.startsWith("api.") ? data : received).toEqual(data);
  const [request] = requests;
  if (sends.url !== undefined) expect(request?.url).toBe(`https://acme.mindbridge.ai/api${sends.url}`);
  if (sends.body !== undefined) expect(await request?.json()).toEqual(sends.body);
  if (sends.text !== undefined) expect(await request?.clone().text()).toBe(sends.text);
  if (sends.form !== undefined) {
    const form = await request?.formData();
    const parts = Object.keys(sends.form).map(async (name) => [
      name,
      await Promise.all((form?.getAll(name) ?? []).map(describeFile)),
    ]);
    expect([...new Set(form?.keys())]).toEqual(Object.keys(sends.form));
    expect(Object.fromEntries(await Promise.all(parts))).toEqual(sends.form);
  }
  for (const [header, value] of Object.entries(sends.headers ?? {})) expect(request?.headers.get(header)).toBe(value);
});

const refusedCalls = kinds.flatMap(({ name, refusedCalls: calls = [] }) => calls.map((call) => ({ name, ...call })));

test.for(refusedCalls)("$name: $operation is not sent with $problems", async ({ operation, problems, ...call }) => {
  const client = new MindBridge({
    tenant: "acme",
    token: "secret",
    fetch: () => expect.fail(),
    validate: contract(),
  } as never);
  const error: unknown = await methodOf(client, operation)(...call.arguments).catch((reason: unknown) => reason);
  const found = (error as { problems: { pointer: string; keyword: string }[] }).problems;
  expect(found.map(({ pointer, keyword }) => `${pointer} ${keyword}`)).toEqual(problems);
});

const mock = useMock(() => ({ document: path }));

const isMocked = ({ read, mocked, operation }: (typeof expectedCalls)[number]["call"]): boolean =>
  read === undefined && mocked !== false && !operation.startsWith("api.");

test.for(expectedCalls.filter(({ call }) => isMocked(call)))(
  "$name: Prism takes $call.operation as it is sent",
  async ({ call }) => {
    const client = new MindBridge({ baseUrl: mock.url, token: "secret", maxRetries: 0, ...call.options } as never);
    await mock.whileRunning(methodOf(client, call.operation)(...call.arguments));
  },
);

/** Prism 5.16 takes what stands beside a `$ref` for what the schema says. */
const NOT_DERIVED = ["references"];

const { cases, underivable } = deriveCases(
  plainDocument(documentOf(kinds.filter(({ name }) => !NOT_DERIVED.includes(name)))),
);

test("cases are derived of every operation of the corpus but the one that the generator warns of", () => {
  expect(underivable.map(({ operation }) => operation)).toEqual(["secrets.create"]);
});

test.for(cases)("$operation on Prism: $name", async (contractCase, { skip }) => {
  const unmade = await mock.whileRunning(runCase(contractCase, { url: mock.url, MindBridge }));
  if (unmade !== undefined) skip(unmade);
});

/** A method of the client by its name, such as `webhooks.create`. */
function methodOf(client: object, name: string): (...args: readonly unknown[]) => StreamPromise {
  return name.split(".").reduce<object>((inside, word) => Reflect.get(inside, word), client) as never;
}

/** What the receiver makes of a delivery that has been verified, and of one that comes out of a queue. */
interface Receiver {
  toDelivery(envelope: object, body: object): object;
  toQueued(delivery: object): object;
  fromQueued(queued: object): object;
}

/** A call whose response is a stream has these besides. */
interface StreamPromise extends Promise<unknown> {
  text(): Promise<string>;
  blob(): Promise<Blob>;
}

/** The name, the media type and the text of a file; a text as it is. */
async function describeFile(file: Blob | string | undefined): Promise<string> {
  if (!(file instanceof Blob)) return `${file}`;
  return [...(file instanceof File ? [file.name] : []), file.type, await file.text()].join(" ");
}
