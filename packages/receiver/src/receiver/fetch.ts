import { RawBodyError } from "../errors/raw-body-error.ts";
import type { Receiver } from "./types.ts";

/**
 * Up to this Content-Length, in bytes, a body is read in one go, which costs a third of what its stream does. It cannot be
 * given up half-way, so a longer one is not: it would escape the bound on all bodies together.
 */
const SMALL = 65_536;

/** Answers a `Request` with a `Response`. */
export async function answerRequest(handle: Receiver["handle"], request: Request): Promise<Response> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const answer = await handle({
    method: request.method,
    headers: request.headers,
    body: async (take) => {
      if (request.bodyUsed) throw new RawBodyError();
      const length = request.headers.get("content-length");
      if (length && Number(length) <= SMALL) {
        take(new Uint8Array(await request.arrayBuffer()));
        return;
      }
      if (request.body?.locked) throw new RawBodyError();
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
