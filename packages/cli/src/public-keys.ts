import { existsSync, readFileSync } from "node:fs";
import { type Jwk, type PublicKey, verify } from "@mindbridge-sdk/receiver";
import { describeRefusal } from "./describe-error.ts";
import { UsageError } from "./errors.ts";
import { textOf, whyUnreadable } from "./input.ts";
import { printableLine } from "./printable.ts";

/** Keys for all deliveries, or those of each webhook. */
export type ReadKeys = PublicKey[] | Record<string, PublicKey[]>;

/**
 * Reads the keys that `--key` was given.
 *
 * @throws {UsageError} if a file cannot be read, a JWK is not JSON, or only some of the keys name a webhook.
 */
export function readKeys(given: readonly string[]): ReadKeys {
  const keys = given.map((text) => {
    // A key alone may end in `=`, or in two of them.
    const [, sender, key = text] = /^([\w-]+)=(@.+|.{32,})$/s.exec(text) ?? [];
    return { sender, ...readKey(key) };
  });
  const bySender = Map.groupBy(keys, ({ sender, webhook }) => sender ?? webhook);
  if (!bySender.has(undefined)) {
    return Object.fromEntries([...bySender].map(([sender, each]) => [sender, each.map(({ key }) => key)]));
  }
  if (keys.some(({ sender }) => sender !== undefined)) {
    throw new UsageError("--key: give a WEBHOOK_ID with each key, or with none.");
  }
  return keys.map(({ key }) => key);
}

/**
 * Checks that deliveries can be verified with the keys.
 *
 * @throws {UsageError} if one is not a public key.
 */
export async function checkKeys(keys: ReadKeys): Promise<void> {
  const headers = {
    "webhook-id": "any",
    "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
    "webhook-signature": `v1a,${"A".repeat(86)}==`,
  };
  for (const key of Object.values(keys).flat()) {
    const refused = await verify({ headers, body: "{}" }, { keys: key, allowTestKey: true }).catch((error) => error);
    if (refused.code === "invalid_key") throw new UsageError(`--key: ${describeRefusal(refused).message}`);
  }
}

/** A key, and the id of its webhook if it stands in one. */
interface ReadKey {
  readonly key: PublicKey;
  readonly webhook?: string | undefined;
}

function readKey(given: string): ReadKey {
  // The message quotes the name of a file, and never a key.
  if (existsSync(given))
    throw new UsageError(`--key: for the key in a file, put @ before it: @${printableLine(given)}`);
  try {
    const text = (given.startsWith("@") ? textOf(readFileSync(given.slice(1))) : given).trim();
    return text.startsWith("{") ? keyIn(JSON.parse(text) as JsonWithKey) : { key: text };
  } catch (error) {
    // The parser's error quotes its input, which may be a private key.
    if (error instanceof SyntaxError)
      throw new UsageError("--key: a text that begins with { must be a JWK, and this is not JSON.");
    throw new UsageError(`--key: ${given.slice(1)} cannot be read: ${whyUnreadable(error)}`, { cause: error });
  }
}

/** What has a key: a webhook. */
interface WithKey {
  readonly id?: string;
  readonly publicKey?: string;
}

/** A JWK, or a webhook as `webhooks get --json` prints it, or as the API answers. */
type JsonWithKey = Jwk & WithKey & { readonly webhook?: WithKey };

function keyIn(json: JsonWithKey): ReadKey {
  const { id, publicKey } = json.webhook ?? json;
  return publicKey === undefined ? { key: json } : { key: publicKey, webhook: id };
}
