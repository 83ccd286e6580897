import { createReceiver } from "@mindbridge-sdk/receiver";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { createClient } from "redis";

/** A Lambda gives up so long before the end of its time, in milliseconds. It needs that to release a claim, and to answer. */
const MARGIN = 1_000;

// The client reconnects by itself. Until then, senders are asked to try again.
const redis = await createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379", disableOfflineQueue: true })
  .on("error", (error) => console.error("Redis:", error))
  .connect();

export const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  // Each instance of a Lambda has its own memory, so they need a store that they share.
  store: redisStore(redis),
}).on("analysis.completed", ({ data }) => {
  // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

type Time = Pick<Context, "getRemainingTimeInMillis">;

/** Aborted shortly before the end of the time of a Lambda. */
export const endOf = (context: Time): AbortSignal =>
  AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - MARGIN));

/** For a function URL, and for an HTTP API of API Gateway with payloads of format 2.0. */
export async function handler(
  { headers, body = "", isBase64Encoded, requestContext }: APIGatewayProxyEventV2,
  context: Time,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { status, ...answer } = await receiver.handle({
    method: requestContext.http.method,
    headers,
    body: isBase64Encoded ? Buffer.from(body, "base64") : body,
    signal: endOf(context),
  });
  return { statusCode: status, ...answer };
}
