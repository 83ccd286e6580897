import { createReceiver } from "@mindbridge-sdk/receiver";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { createClient } from "redis";

/** How long before the end of its time a Lambda gives up, in milliseconds: what it takes to release a claim, and to answer. */
const MARGIN = 1_000;

// The client connects again by itself. Until it has, senders are asked to come again.
const redis = await createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379", disableOfflineQueue: true })
  .on("error", (error) => console.error("Redis:", error))
  .connect();

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY ?? [],
  // Each instance of a Lambda has a memory of its own: they need a store that they share.
  store: redisStore(redis),
}).on("analysis.completed", ({ data }) => {
  // What throws is answered with 500, so that the delivery comes again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

/** For a function URL, and for an HTTP API of API Gateway with payloads of format 2.0. */
export async function handler(
  { headers, body = "", isBase64Encoded, requestContext }: APIGatewayProxyEventV2,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { status, ...answer } = await receiver.handle({
    method: requestContext.http.method,
    headers,
    body: isBase64Encoded ? Buffer.from(body, "base64") : body,
    signal: AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - MARGIN)),
  });
  return { statusCode: status, ...answer };
}
