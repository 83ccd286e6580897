import { fromBase64, toBase64, toBytes } from "./encoding.ts";

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
  /** `whsk_` and the 32 bytes of the seed in base64, to make the same signer again in another process. */
  readonly privateKey: string;
  /** A `webhook-signature` header with one signature: `v1a,` and 64 bytes in base64. */
  sign(content: SignedContent): Promise<string>;
}

/** How to make a {@link TestSigner}. */
export interface TestSignerOptions {
  /** The `privateKey` of another signer, whose key pair this one is to have. By default it gets a new one. */
  readonly privateKey?: string | undefined;
  /**
   * Signs with the key of RFC 8032, section 7.1, test 1, which is the `publicKey` in the examples of the contract, and so in
   * what the mocks answer. Everyone can sign with it: a receiver takes it only with `allowTestKey: true`.
   */
  readonly publishedTestKey?: boolean | undefined;
}

/** RFC 8032, section 7.1, test 1: `9d61b19d…`. Published, so no secret. */
const PUBLISHED_TEST_KEY = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

/** PKCS #8 around the 32 bytes of a seed (RFC 8410, section 7): the form in which every runtime imports a private key. */
const PKCS8_PREFIX = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/**
 * Makes a signer for tests. It uses WebCrypto only, and so runs in Node, Bun, Deno and Workers.
 *
 * @throws {TypeError} if `privateKey` is none, or stands beside `publishedTestKey`.
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

function seedOf({ privateKey, publishedTestKey = false }: TestSignerOptions): Uint8Array {
  if (publishedTestKey && privateKey !== undefined) {
    throw new TypeError("createTestSigner: give either privateKey or publishedTestKey, not both.");
  }
  const text = publishedTestKey ? PUBLISHED_TEST_KEY : privateKey;
  if (text === undefined) return crypto.getRandomValues(new Uint8Array(32));
  // No canonical text of 32 bytes has another form.
  if (!/^whsk_[A-Za-z0-9+/]{43}=$/.test(text)) {
    throw new TypeError("createTestSigner: privateKey is not that of a test signer (whsk_ and 32 bytes in base64).");
  }
  return fromBase64(text.slice("whsk_".length));
}
