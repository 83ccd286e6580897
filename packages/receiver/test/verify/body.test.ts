import { expect, test, vi } from "vitest";
import { verify } from "../../src/index.ts";
import { BODY, ID, now, refusal, Signer } from "./support.ts";

const signer = new Signer();
const options = { keys: signer.whpk, now };
const request = (body: BodyInit | null, signed: string | Uint8Array = BODY) =>
  new Request("https://hooks.example.com", {
    method: "POST",
    headers: signer.headers(signed),
    body,
    duplex: "half",
  } as RequestInit);

test.each([
  ["a parsed object", JSON.parse(BODY)],
  ["undefined", undefined],
  ["null", null],
  ["a number", 5],
  ["an array of bytes", [...Buffer.from(BODY)]],
  ["an ArrayBuffer", new TextEncoder().encode(BODY).buffer],
  ["a stream", new Blob([BODY]).stream()],
  ["half of a surrogate pair", BODY.replace("acme", "\ud83e")],
])("%s is not the raw body", async (_what, body) => {
  const error = await refusal({ headers: signer.headers(), body }, options);
  expect(error.code).toBe("raw_body");
  expect(error.message).toMatch(/Express: .*Fastify: .*Next: .*Hono: /);
  expect(error.message).not.toContain("acme");
});

test("half of a surrogate pair does not pass for a signed U+FFFD", async () => {
  const headers = signer.headers('{"a":"\ufffd"}');
  expect(await verify({ headers, body: '{"a":"\ufffd"}' }, options)).toMatchObject({ id: ID });
  expect((await refusal({ headers, body: '{"a":"\ud800"}' }, options)).code).toBe("raw_body");
});

test("a part of a buffer is only that part", async () => {
  const whole = Buffer.from(`xx${BODY}yy`);
  const body = whole.subarray(2, -2);
  const { raw } = await verify({ headers: signer.headers(), body }, options);
  expect(Buffer.from(raw).toString()).toBe(BODY);
});

test("the caller may change its bytes while they are verified", async () => {
  const body = Buffer.from(BODY);
  const verifying = verify({ headers: signer.headers(), body }, options);
  body.fill(0x20);
  const { raw, senderId } = await verifying;
  expect(Buffer.from(raw).toString()).toBe(BODY);
  expect(senderId).toBe("webhook-1");
});

test.each([
  ["nothing", ""],
  ["no JSON", "{"],
  ["no object", "5"],
  ["null", "null"],
  ["an array", "[]"],
  ["two objects", "{}{}"],
  ["UTF-16", Buffer.from(BODY, "utf16le")],
  ["Latin-1", Buffer.from('{"a":"ä"}', "latin1")],
  ["a body too deep for some parsers", "[".repeat(50_000)],
])("a signed body that is %s is refused", async (_what, body) => {
  const delivery = { headers: signer.headers(body), body };
  const error = await refusal(delivery, options);
  expect(error.code).toBe("invalid_body");
  expect(error.cause).toBeUndefined();
  expect((await refusal(delivery, { ...options, keys: () => signer.whpk })).code).toBe("invalid_body");
});

test("nothing of the body is parsed before a signature has matched", async () => {
  const parse = vi.spyOn(JSON, "parse");
  try {
    const delivery = { headers: signer.headers("{}"), body: BODY };
    expect((await refusal(delivery, options)).code).toBe("signature_mismatch");
    expect(parse).not.toHaveBeenCalled();
  } finally {
    parse.mockRestore();
  }
});

test("a byte order mark is signed, but is not part of the JSON", async () => {
  const body = Buffer.concat([Buffer.from("efbbbf", "hex"), Buffer.from(BODY)]);
  for (const each of [body, `\ufeff${BODY}`]) {
    const { raw, senderId } = await verify({ headers: signer.headers(body), body: each }, options);
    expect(Buffer.from(raw).equals(body)).toBe(true);
    expect(senderId).toBe("webhook-1");
  }
  expect((await refusal({ headers: signer.headers(body), body: BODY }, options)).code).toBe("signature_mismatch");
});

test("a Request is read in any chunks", async () => {
  const bytes = new TextEncoder().encode(BODY);
  const stream = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.enqueue(new Uint8Array());
      controller.close();
    },
  });
  const { raw } = await verify(request(stream), options);
  expect(raw).toEqual(bytes);
  expect((await refusal(request(null, ""), options)).code).toBe("invalid_body");
});

test("a Request that has been read, or is being read, says so", async () => {
  const read = request(BODY);
  await read.json();
  expect((await refusal(read, options)).code).toBe("raw_body");
  const locked = request(BODY);
  locked.body?.getReader();
  expect((await refusal(locked, options)).code).toBe("raw_body");
});

test("a Request is read up to maxBodyBytes", async () => {
  expect(await verify(request(BODY), { ...options, maxBodyBytes: BODY.length })).toMatchObject({ id: ID });
  expect(await refusal(request(BODY), { ...options, maxBodyBytes: BODY.length - 1 })).toMatchObject({
    code: "body_too_large",
    limit: BODY.length - 1,
  });
  expect((await refusal(request("x"), { ...options, maxBodyBytes: 0 })).code).toBe("body_too_large");

  let pulled = 0;
  const cancel = vi.fn();
  const endless = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(65_536));
    },
    cancel,
  });
  expect(await refusal(request(endless), options)).toMatchObject({ code: "body_too_large", limit: 1_048_576 });
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(pulled).toBeLessThan(30);
});

test("a Request is not read if its headers are refused", async () => {
  const unread = request(BODY);
  unread.headers.delete("webhook-id");
  expect((await refusal(unread, options)).code).toBe("missing_header");
  expect(unread.bodyUsed).toBe(false);
});

test("verify rejects with the error of the body's stream", async () => {
  const lost = new Error("connection lost");
  const breaking = new ReadableStream({ pull: (controller) => controller.error(lost) });
  await expect(verify(request(breaking), options)).rejects.toBe(lost);
});

test("a signal that is aborted from the start ends it, even if there is nothing to wait for", async () => {
  const reason = new Error("enough");
  const delivery = { headers: signer.headers(), body: BODY };
  await expect(verify(delivery, { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each([
  ["before", 0],
  ["while the body is read", 1],
  ["while the keys are asked for", 2],
])("a signal ends it %s", async (_when, step) => {
  const reason = new Error("enough");
  const controller = new AbortController();
  if (step === 0) controller.abort(reason);
  const cancelled = vi.fn();
  const stalled = new ReadableStream({ pull: () => controller.abort(reason), cancel: cancelled }, { highWaterMark: 0 });
  const keys = () => {
    controller.abort(reason);
    return new Promise<string>(() => {});
  };
  const verifying = verify(step === 1 ? request(stalled) : request(BODY), { keys, now, signal: controller.signal });
  await expect(verifying).rejects.toBe(reason);
  expect(cancelled).toHaveBeenCalledTimes(step === 1 ? 1 : 0);
});
