import { RawBodyError } from "../errors/raw-body-error.ts";
import type { Receiver } from "./types.ts";

/** Answers a `Request` with a `Response`. */
export async function answerRequest(handle: Receiver["handle"], request: Request): Promise<Response> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const answer = await handle({
    method: request.method,
    headers: request.headers,
    body: async (take) => {
      if (request.bodyUsed || request.body?.locked) throw new RawBodyError();
      reader = request.body?.getReader();
      for (;;) {
        const chunk = await reader?.read();
        if (!chunk?.value || !take(chunk.value)) return;
      }
    },
  });
  // Where the rest is not wanted. Not waited for: the other side may take its time.
  reader?.cancel().catch(() => {});
  return new Response(answer.body || null, answer);
}
