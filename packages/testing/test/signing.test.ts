import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { createTestSigner, deliveries, signDelivery } from "../src/index.ts";

/** An Ed25519 public key by Node's own crypto. */
function publicKeyOf(whpk: string) {
  expect(whpk).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  const x = Buffer.from(whpk.slice(5), "base64").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/** Whether a `v1a` signature matches, by Node's own crypto. */
function matches(publicKey: string, content: string | Uint8Array, signature: string | undefined): boolean {
  expect(signature).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
  const bytes = Buffer.from((signature ?? "").slice(4), "base64");
  return verify(null, Buffer.from(content), publicKeyOf(publicKey), bytes);
}

test("a signer signs id, timestamp and body with a key of its own", async () => {
  const [signer, other] = await Promise.all([createTestSigner(), createTestSigner()]);
  const signature = await signer.sign({ id: "1", timestamp: 2, body: "中" });
  expect(matches(signer.publicKey, "1.2.中", signature)).toBe(true);
  expect(matches(other.publicKey, "1.2.中", signature)).toBe(false);
  expect(other.publicKey).not.toBe(signer.publicKey);
});

test("bytes that are not text are signed as they are", async () => {
  const signer = await createTestSigner();
  const signature = await signer.sign({ id: "1", timestamp: "02", body: Uint8Array.of(0xff, 0) });
  expect(matches(signer.publicKey, Buffer.concat([Buffer.from("1.02."), Buffer.of(0xff, 0)]), signature)).toBe(true);
});

test("the private key makes the same signer again", async () => {
  const signer = await createTestSigner();
  const again = await createTestSigner({ privateKey: signer.privateKey });
  expect(again).toMatchObject({ publicKey: signer.publicKey, privateKey: signer.privateKey });
  const content = { id: "1", timestamp: 2, body: "{}" };
  expect(await again.sign(content)).toBe(await signer.sign(content));

  const pkcs8 = Buffer.concat([
    Buffer.from("302e020100300506032b657004220420", "hex"),
    Buffer.from(signer.privateKey.slice(5), "base64"),
  ]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  expect(createPublicKey(key).equals(publicKeyOf(signer.publicKey))).toBe(true);
});

// RFC 8032, section 7.1, test 1.
test("the published test key is that of RFC 8032", async () => {
  const { publicKey, privateKey } = await createTestSigner({ publishedTestKey: true });
  const hex = (key: string) => Buffer.from(key.slice(5), "base64").toString("hex");
  expect(hex(privateKey)).toBe("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  expect(hex(publicKey)).toBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
});

test.each(["", "whsk_", "whpk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=", `whsk_${"A".repeat(88)}`])(
  "what is no private key is refused without being quoted: %j",
  async (privateKey) => {
    const error: unknown = await createTestSigner({ privateKey }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/privateKey is not that of a test signer/);
    if (privateKey.length > 5) expect((error as Error).message).not.toContain(privateKey);
  },
);

test("two private keys at once are refused", async () => {
  const { privateKey } = await createTestSigner();
  await expect(createTestSigner({ privateKey, publishedTestKey: true })).rejects.toThrow(TypeError);
});

test("a delivery is signed as it is sent, with the present time and a new id", async () => {
  const signer = await createTestSigner();
  const event = deliveries.analysisFailed();
  const before = Math.floor(Date.now() / 1000);
  const [first, second] = [await signDelivery(event, { signer }), await signDelivery(event, { signer })];
  expect(JSON.parse(first.body)).toEqual(event);
  expect(first.headers["content-type"]).toBe("application/json");
  expect(first.headers["webhook-id"]).toMatch(/^[0-9a-f]{24}$/);
  expect(first.headers["webhook-id"]).not.toBe(second.headers["webhook-id"]);
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = first.headers;
  expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
  expect(Number(timestamp)).toBeLessThanOrEqual(Date.now() / 1000);
  expect(matches(signer.publicKey, `${id}.${timestamp}.${first.body}`, signature)).toBe(true);
});

test("id and timestamp can be chosen, and text is sent as it stands", async () => {
  const signer = await createTestSigner();
  const { headers, body } = await signDelivery(' {"a": 1}\n', { signer, id: "", timestamp: 0 });
  expect(body).toBe(' {"a": 1}\n');
  expect(headers).toMatchObject({ "webhook-id": "", "webhook-timestamp": "0" });
  expect(matches(signer.publicKey, `.0.${body}`, headers["webhook-signature"])).toBe(true);
});

test("a delivery can be a request, more than once", async () => {
  const delivery = await signDelivery(deliveries.analysisCompleted(), { signer: await createTestSigner() });
  for (const request of [1, 2].map(() => delivery.toRequest("https://hooks.example.com/mindbridge"))) {
    expect(request).toMatchObject({ method: "POST", url: "https://hooks.example.com/mindbridge" });
    expect(Object.fromEntries(request.headers)).toEqual(delivery.headers);
    expect(await request.text()).toBe(delivery.body);
  }
});
