// Plays the part of AWS: an HTTP server that makes an event of each request, in the payload format 2.0, and calls the handler.
// AWS decides by the content type whether a body comes as text or in base64; here, the argument `text` or `base64` does.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { handler } from "../src/handler.ts";

/** The time of a Lambda by default, in milliseconds. */
const TIME = 3_000;

const isBase64Encoded = process.argv[2] === "base64";

function eventOf({ method = "", url = "", headers, socket }: IncomingMessage, body: Buffer): APIGatewayProxyEventV2 {
  const [rawPath = "", rawQueryString = ""] = url.split("?");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    // Headers that come several times are joined with commas.
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()])),
    requestContext: {
      accountId: "anonymous",
      apiId: "url-id",
      domainName: "url-id.lambda-url.eu-central-1.on.aws",
      domainPrefix: "url-id",
      http: {
        method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: socket.remoteAddress ?? "",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: crypto.randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: "24/Nov/2026:12:00:00 +0000",
      timeEpoch: Date.now(),
    },
    body: body.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const end = Date.now() + TIME;
  const event = eventOf(request, await buffer(request));
  const { statusCode, headers, body } = await handler(event, { getRemainingTimeInMillis: () => end - Date.now() });
  response.writeHead(statusCode ?? 200, headers as Record<string, string>).end(body);
}

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(process.env.PORT), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
