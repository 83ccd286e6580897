import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { dereference, examplesOf, jsonContent, operationsOf, readDocument } from "@mindbridge-sdk/openapi";
import { live } from "../../src/live/live.ts";
import type { LiveReport } from "../../src/live/report.ts";
import type { Environment } from "../../src/live/settings.ts";
import type { ClientClass } from "../../src/run-case.ts";
import { publishedDocument, writeDocument } from "../documents.ts";

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON, unless it is a text. */
  body?: unknown;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const TOKEN = "secret/of the?tenant".replaceAll(" ", "+");
export const WEBHOOK_ID = "75f1b508d3e92c1124af6b01";
export const EVENT_ID = "75f1c2e4d3e92c1124af6c28";

const document = dereference(await readDocument());

/** The first example of what an operation answers when all is well. */
export function exampleOf(operation: string): Record<string, unknown> {
  const found = operationsOf(document).find(({ id }) => id === operation);
  const success = Object.entries(found?.responses ?? {}).find(([code]) => code.startsWith("2"))?.[1];
  const [example] = examplesOf(document, jsonContent(success) ?? {});
  return structuredClone(example?.value) as Record<string, unknown>;
}

/** What an API that conforms answers. */
function usual({ method, path, headers, body }: Asked): Answer {
  if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { message: "Who are you?" } };
  const created = exampleOf("webhooks.create").id;
  if (method === "POST" && path === "/v1/webhooks") {
    return { status: 201, body: { ...exampleOf("webhooks.create"), ...(JSON.parse(body) as object) } };
  }
  for (const id of [WEBHOOK_ID, created]) {
    if (path === `/v1/webhooks/${String(id)}`) return { status: 200, body: { ...exampleOf("webhooks.get"), id } };
  }
  if (path === `/v1/webhook-event-logs/${EVENT_ID}`) return { status: 200, body: exampleOf("webhookEventLogs.get") };
  return { status: 404, body: { message: "Nothing here." } };
}

/** An API of this machine, under a base path of its own. */
export interface Upstream extends AsyncDisposable {
  /** What `MINDBRIDGE_API_URL` is set to. */
  readonly url: string;
  /** What has been asked, in order. Paths are without the base path. */
  readonly asked: readonly Asked[];
}

/** Starts an API that conforms, but for what `change` makes of its answers. */
export async function startUpstream(
  change: (answer: Answer, asked: Asked) => Answer = (same) => same,
): Promise<Upstream> {
  const asked: Asked[] = [];
  const base = "/tenant/api";
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const one: Asked = { method, path: url.slice(base.length), headers, body: await textOf(request) };
    const isBelow = url.startsWith(`${base}/`);
    if (isBelow) asked.push(one);
    const answer: Answer = isBelow ? change(usual(one), one) : { status: 410 };
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  }
  const server = createServer((request, response) => void respond(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const { path } = await writeDocument(await publishedDocument());

/** What to read of the upstream. */
export const IDS = { MINDBRIDGE_TEST_WEBHOOK_ID: WEBHOOK_ID, MINDBRIDGE_TEST_WEBHOOK_EVENT_ID: EVENT_ID };

export interface Ran {
  readonly exitCode: number;
  readonly output: string;
  /** The report as it was saved; "" if none was. */
  readonly json: string;
  readonly report: LiveReport;
}

/** Runs the command against an API of this machine. */
export async function runAgainst(
  url: string,
  env: Environment = IDS,
  { onOutput, client }: { onOutput?: (output: string) => void; client?: ClientClass } = {},
): Promise<Ran> {
  let output = "";
  let json = "";
  const exitCode = await live({
    document: path,
    ...(client === undefined ? {} : { client }),
    env: { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: TOKEN, ...env },
    write(text) {
      output += text;
      onOutput?.(output);
    },
    async save(report) {
      json = report;
    },
  });
  return { exitCode, output, json, report: (json === "" ? {} : JSON.parse(json)) as LiveReport };
}
