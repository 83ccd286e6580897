import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createReceiver } from "@mindbridge-sdk/receiver";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createClient } from "redis";

const sqs = new SQSClient();
const redis = await createClient({ url: process.env.REDIS_URL }).on("error", console.error).connect();

const receiver = createReceiver({ keys: process.env.MINDBRIDGE_PUBLIC_KEY, store: redisStore(redis) })
  .on("analysis.completed", ({ data }) => console.log(`Analysis ${data.analysisId} is complete.`))
  .enqueue((delivery) =>
    sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(delivery) })),
  );

/** Behind a function URL: puts deliveries into the queue. */
export async function receive(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { status, ...answer } = await receiver.handle({
    method: event.requestContext.http.method,
    headers: event.headers,
    body: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
  });
  return { statusCode: status, ...answer };
}

/** Behind the queue, with `ReportBatchItemFailures`: handles deliveries, and names those to try again. */
export async function work({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const results = await Promise.allSettled(Records.map(({ body }) => receiver.handleQueued(JSON.parse(body))));
  const failed = Records.filter((_, index) => results[index]?.status === "rejected");
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
