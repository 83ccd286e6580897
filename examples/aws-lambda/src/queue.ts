import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { endOf, receiver } from "./handler.ts";

const sqs = new SQSClient();

// From here on, `handler` answers once a delivery is in the queue, and the handlers run in `work`.
receiver.enqueue((delivery) =>
  sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(delivery) })),
);

export { handler as receive } from "./handler.ts";

/** For a standard queue of SQS, with `ReportBatchItemFailures`. SQS gives again what failed, and nothing else. */
export async function work(
  { Records }: SQSEvent,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<SQSBatchResponse> {
  const signal = endOf(context);
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  const workOn = async ({ messageId, body }: SQSEvent["Records"][number]) => {
    try {
      await receiver.handleQueued(JSON.parse(body), { signal });
    } catch (error) {
      console.error(`Message ${messageId} is tried again:`, error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  };
  await Promise.all(Records.map(workOn));
  return { batchItemFailures };
}
