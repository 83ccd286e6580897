import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { hasRedis, type Service, startRedis } from "@mindbridge-sdk/services";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import type { APIGatewayProxyEventV2, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

const context = { getRemainingTimeInMillis: () => 30_000 };

describe.skipIf(!hasRedis())("two Lambdas with a queue of SQS between them", () => {
  let redis: Service;
  let sqsServer: FauxqsServer;
  let sqs: SQSClient;
  let lambdas: typeof import("../src/queue.ts");
  let signer: Awaited<ReturnType<typeof createTestSigner>>;
  const urls = { queue: "", dead: "" };

  beforeAll(async () => {
    redis = await startRedis();
    sqsServer = await startFauxqs({ port: 0, logger: false });
    signer = await createTestSigner();
    const endpoint = `http://127.0.0.1:${sqsServer.port}`;
    // Its own URLs have names that not every machine resolves.
    const urlOf = (queueUrl: string) => endpoint + new URL(queueUrl).pathname;
    const dead = sqsServer.createQueue("dead");
    const redrive = { deadLetterTargetArn: dead.queueArn, maxReceiveCount: "3" };
    // What failed is there again at once.
    const attributes = { VisibilityTimeout: "0", RedrivePolicy: JSON.stringify(redrive) };
    urls.queue = urlOf(sqsServer.createQueue("deliveries", { attributes }).queueUrl);
    urls.dead = urlOf(dead.queueUrl);
    const variables = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      MINDBRIDGE_PUBLIC_KEY: signer.publicKey,
      QUEUE_URL: urls.queue,
      REDIS_URL: redis.url,
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    sqs = new SQSClient();
    lambdas = await import("../src/queue.ts");
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    // The Lambda keeps its connection to Redis, as it does until AWS ends it.
    vi.spyOn(console, "error").mockReturnValue();
    sqs.destroy();
    await sqsServer.stop();
    await redis.close();
    vi.unstubAllEnvs();
  });

  /** The answer to a delivery, which is sent to the URL of the first Lambda. */
  async function send(id: string, analysisId = id): Promise<number | undefined> {
    const event = deliveries.analysisCompleted({ data: { analysisId } });
    const { headers, body } = await signDelivery(event, { signer, id });
    const request = { headers, body, isBase64Encoded: false, requestContext: { http: { method: "POST" } } };
    return (await lambdas.receive(request as unknown as APIGatewayProxyEventV2, context)).statusCode;
  }

  const messagesOf = async (QueueUrl: string) =>
    (
      await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All"] }),
      )
    ).Messages ?? [];

  /** What AWS does once: makes an event of what is in the queue, and deletes what the second Lambda does not name. */
  async function poll(): Promise<{ readonly bodies: string[]; readonly failed: number }> {
    const messages = await messagesOf(urls.queue);
    const records = messages.map(({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      messageAttributes: {},
      md5OfBody: MD5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:deliveries",
      awsRegion: "us-east-1",
    }));
    const { batchItemFailures }: SQSBatchResponse = await lambdas.work({ Records: records } as SQSEvent, context);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { MessageId = "", ReceiptHandle } of messages) {
      if (!failed.has(MessageId)) await sqs.send(new DeleteMessageCommand({ QueueUrl: urls.queue, ReceiptHandle }));
    }
    return { bodies: messages.map(({ Body = "" }) => Body), failed: failed.size };
  }

  test("a delivery is one small message, and is handled once, even if the message comes twice", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    expect([await send("a"), await send("a")]).toEqual([204, 204]);
    expect(log).not.toHaveBeenCalled();

    const { bodies, failed } = await poll();
    expect({ messages: bodies.length, failed }).toEqual({ messages: 1, failed: 0 });
    const [message = ""] = bodies;
    const body = JSON.stringify(deliveries.analysisCompleted({ data: { analysisId: "a" } }));
    expect(message.length - body.length, `${message.length} bytes for a body of ${body.length}`).toBeLessThan(120);
    await sqs.send(new SendMessageCommand({ QueueUrl: urls.queue, MessageBody: message }));
    expect(await poll()).toEqual({ bodies: [message], failed: 0 });
    expect(log.mock.calls).toEqual([["Analysis a is complete."]]);
    expect((await poll()).bodies).toEqual([]);
  });

  test("of a batch, what fails is given again, and then kept as a dead letter", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    const error = vi.spyOn(console, "error").mockReturnValue();
    expect([await send("fails", "fail"), await send("b")]).toEqual([204, 204]);
    await sqs.send(new SendMessageCommand({ QueueUrl: urls.queue, MessageBody: "not JSON" }));
    const polls = [await poll(), await poll(), await poll(), await poll()];
    expect(polls.map(({ bodies, failed }) => [bodies.length, failed])).toEqual([
      [3, 2],
      [2, 2],
      [2, 2],
      [0, 0],
    ]);
    expect(log.mock.calls).toEqual([["Analysis b is complete."]]);
    expect(error.mock.calls.flat()).toContainEqual(new Error("The results cannot be fetched."));
    const dead = (await messagesOf(urls.dead)).map(({ Body = "" }) => Body);
    expect(dead.toSorted()).toEqual(["not JSON", expect.stringContaining('"analysisId":"fail"')]);
  });
});
