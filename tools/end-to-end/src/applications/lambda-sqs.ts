// Plays the part of AWS, from one address: a function URL that calls `receive`, and a queue of SQS that calls `work`. A message that
// `work` names is given to it again.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Functions {
  receive(event: object): Promise<Answer>;
  work(event: { Records: readonly object[] }): Promise<{ batchItemFailures: readonly object[] }>;
}

/** So often a message is given to `work`. */
const RECEIVES = 3;

const server = createServer((request, response) => void answer(request, response));
await new Promise<void>((listening) => server.listen(Number(process.env.PORT), "127.0.0.1", listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
Object.assign(process.env, {
  AWS_ENDPOINT_URL_SQS: origin,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "any",
  AWS_SECRET_ACCESS_KEY: "any",
  QUEUE_URL: `${origin}/000000000000/deliveries`,
});
const { receive, work } = (await import(pathToFileURL(resolve(process.argv[2] ?? "")).href)) as Functions;
console.log(`${origin}/`);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const {
    statusCode,
    headers,
    body: text,
  } = await (isSendMessage(request) ? enqueue(body) : receive(eventOf(request, body)));
  response.writeHead(statusCode, headers).end(text);
}

const isSendMessage = ({ headers }: IncomingMessage): boolean => headers["x-amz-target"] === "AmazonSQS.SendMessage";

async function enqueue(request: Buffer): Promise<Answer> {
  const { MessageBody: body } = JSON.parse(request.toString()) as { MessageBody: string };
  const messageId = crypto.randomUUID();
  setImmediate(() => void deliver({ messageId, body }).catch(console.error));
  const MD5OfMessageBody = createHash("md5").update(body).digest("hex");
  const headers = { "content-type": "application/x-amz-json-1.0" };
  return { statusCode: 200, headers, body: JSON.stringify({ MessageId: messageId, MD5OfMessageBody }) };
}

async function deliver(message: object): Promise<void> {
  for (let count = 0; count < RECEIVES; count++) {
    const { batchItemFailures } = await work({ Records: [message] });
    if (batchItemFailures.length === 0) return;
  }
}

/** In the payload format 2.0, with the bytes in base64. Headers that come several times are joined with commas. */
function eventOf({ method, headers }: IncomingMessage, body: Buffer): object {
  return {
    requestContext: { http: { method } },
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()])),
    body: body.toString("base64"),
    isBase64Encoded: true,
  };
}
