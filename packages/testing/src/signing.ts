import { fromBase64, toBase64, toBytes, toHex } from "./encoding.ts";

/** What a delivery is signed over. */
export interface SignedContent {
  /** The `webhook-id` header. */
  readonly id: string;
  /** The `webhook-timestamp` header: seconds since the epoch. A string is taken as it stands. */
  readonly timestamp: number | string;
  /** The bytes of the body, or text that is sent as UTF-8. */
  readonly body: Uint8Array | string;
}

/** Signs as MindBridge is assumed to, with a key pair of its own. */
export interface TestSigner {
  /** Verifies what `sign` signs: `whpk_` and the 32 bytes in base64, as the `publicKey` of a webhook. */
  readonly publicKey: string;
  /** `whsk_` and the 32 bytes of the seed in base64: it makes the same signer in another process. */
  readonly privateKey: string;
  /** A `webhook-signature` header with one signature: `v1a,` and 64 bytes in base64. */
  sign(content: SignedContent): Promise<string>;
}

/** How to make a {@link TestSigner}. */
export interface TestSignerOptions {
  /** The `privateKey` of another signer, to have the same key pair. A new one by default. */
  readonly privateKey?: string | undefined;
  /**
   * Whether to sign with the key of RFC 8032, section 7.1, test 1. It is the `publicKey` in the examples of the contract, which
   * the mocks answer with. Anyone can sign with it: a receiver takes it only with `allowTestKey: true`.
   */
  readonly publishedTestKey?: boolean | undefined;
}

/** RFC 8032, section 7.1, test 1: `9d61b19d…`. It is published, and no secret. */
const PUBLISHED_TEST_KEY = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

/** PKCS #8 around the 32 bytes of a seed (RFC 8410, section 7): the form in which every runtime imports a private key. */
const PKCS8_PREFIX = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/**
 * Makes a signer for tests. It uses WebCrypto only: it runs in Node, Bun, Deno and Workers.
 *
 * @throws {TypeError} if `privateKey` is not one of a signer, or stands beside `publishedTestKey`.
 */
export async function createTestSigner(options: TestSignerOptions = {}): Promise<TestSigner> {
  const seed = seedOf(options);
  const pkcs8 = Uint8Array.from([...PKCS8_PREFIX, ...seed]);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  const { x = "" } = await crypto.subtle.exportKey("jwk", key);
  return {
    publicKey: `whpk_${toBase64(fromBase64(x))}`,
    privateKey: `whsk_${toBase64(seed)}`,
    async sign({ id, timestamp, body }) {
      const prefix = toBytes(`${id}.${timestamp}.`);
      const bytes = toBytes(body);
      const content = new Uint8Array(prefix.length + bytes.length);
      content.set(prefix);
      content.set(bytes, prefix.length);
      return `v1a,${toBase64(new Uint8Array(await crypto.subtle.sign("Ed25519", key, content)))}`;
    },
  };
}

/** How to sign a delivery. */
export interface SignDeliveryOptions {
  readonly signer: TestSigner;
  /** The `webhook-id` header. By default it is new each time: give the same one to repeat a delivery. */
  readonly id?: string | undefined;
  /** The `webhook-timestamp` header: when the delivery is signed, in seconds since the epoch. By default it is now. */
  readonly timestamp?: number | undefined;
}

/** A delivery as MindBridge would send it. Send each property as it stands. */
export interface SignedDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, as it was signed. */
  readonly body: string;
  /** The delivery as a `Request`: a POST to `url`. It is new each time, since a request can be read once. */
  toRequest(url: string | URL): Request;
}

/**
 * Signs a delivery.
 *
 * @param event the body, such as `deliveries.analysisCompleted()`. A string is taken as it stands.
 */
export async function signDelivery(
  event: object | string,
  { signer, id = newId(), timestamp = Math.floor(Date.now() / 1000) }: SignDeliveryOptions,
): Promise<SignedDelivery> {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": `${timestamp}`,
    "webhook-signature": await signer.sign({ id, timestamp, body }),
  };
  return { headers, body, toRequest: (url) => new Request(url, { method: "POST", headers, body }) };
}

/** An id of the form that MindBridge's have: 24 hexadecimal digits. */
export function newId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(12)));
}

function seedOf({ privateKey, publishedTestKey = false }: TestSignerOptions): Uint8Array {
  if (publishedTestKey && privateKey !== undefined) {
    throw new TypeError("createTestSigner: give either privateKey or publishedTestKey, not both.");
  }
  const text = publishedTestKey ? PUBLISHED_TEST_KEY : privateKey;
  if (text === undefined) return crypto.getRandomValues(new Uint8Array(32));
  // The only form of 32 bytes in canonical base64.
  if (!/^whsk_[A-Za-z0-9+/]{43}=$/.test(text)) {
    throw new TypeError("createTestSigner: privateKey is not that of a test signer (whsk_ and 32 bytes in base64).");
  }
  return fromBase64(text.slice("whsk_".length));
}
