import type { IncomingMessage } from "node:http";

/** The most that is kept of a body, in bytes, so that nobody can fill the memory. Bodies of webhooks, and of their answers, are small. */
export const MAX_BODY_BYTES = 1_048_576;

/** Reads the body of a request or an answer to its end, or to its bound. Then it reads no more. */
export async function readBody(
  message: IncomingMessage,
): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return { bytes: Buffer.concat(chunks, MAX_BODY_BYTES), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
