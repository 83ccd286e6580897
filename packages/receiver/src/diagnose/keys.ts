import { InvalidKeyError } from "../errors.ts";
import { decodeAnyBase64 } from "../verify/bytes.ts";
import { parseBody, textOf } from "../verify/delivery.ts";
import type { KeyAnswer, KeySource, KeysBySender, PublicKey, UnverifiedSender } from "../verify/key-source.ts";
import { askKeySource, keyFunction } from "../verify/keys.ts";
import { loadKey } from "../verify/public-key.ts";
import type { Finding } from "./causes.ts";

/** The keys that a delivery may have been signed with. */
export interface CandidateKeys {
  /** Those of the sender that it claims; all, where they are not told apart by sender. */
  readonly own: readonly PublicKey[];
  /** Those that a record has for other senders. */
  readonly others: readonly PublicKey[];
  /** Whether another variant may have others: the body says nothing of its sender, and the variant may. */
  readonly mayChange: boolean;
}

/**
 * Finds the keys for what a body may have been: those of the sender that the body claims or, where nothing can be read of
 * it, of the one that the variant claims. Each sender is asked for once.
 *
 * The promises reject with a {@link KeySourceError} if a key function fails.
 */
export function candidateKeys(
  source: KeySource,
  { body, id, signal }: { readonly body: Uint8Array; readonly id: string; readonly signal: AbortSignal | undefined },
): (variant: Uint8Array) => Promise<CandidateKeys> {
  const find = keyFunction(source);
  if (!find) return async () => ({ own: listOf(source as KeyAnswer), others: [], mayChange: false });
  const claimed = senderOf(body);
  const all = typeof source === "function" ? [] : Object.values(source as KeysBySender).flatMap(listOf);
  const ask = async (sender: UnverifiedSender): Promise<CandidateKeys> => {
    const own = listOf(await askKeySource(() => find(sender, { signal }), signal));
    return { own, others: all.filter((key) => !own.includes(key)), mayChange: claimed === undefined };
  };
  const asked = new Map<string | undefined, Promise<CandidateKeys>>();
  return (variant) => {
    const senderId = claimed ?? senderOf(variant);
    const keys = asked.get(senderId) ?? ask({ senderId, id });
    asked.set(senderId, keys);
    return keys;
  };
}

function senderOf(body: Uint8Array): string | undefined {
  return textOf(parseBody(body), "senderId");
}

function listOf(keys: KeyAnswer): readonly PublicKey[] {
  return [keys ?? []].flat() as readonly PublicKey[];
}

/** The keys that `verify` does not refuse, ready to verify with. */
export function usableKeys(keys: readonly PublicKey[], allowTestKey: boolean): Promise<CryptoKey>[] {
  return keys.flatMap((key) => {
    const loaded = loadOrRefuse(key, allowTestKey);
    return loaded instanceof InvalidKeyError ? [] : loaded;
  });
}

/** Says of each key that is of the wrong kind what it is. */
export function wrongKeys(keys: readonly PublicKey[], allowTestKey: boolean): Finding[] {
  return keys.flatMap((key): Finding[] => {
    const loaded = loadOrRefuse(key, allowTestKey);
    if (!(loaded instanceof InvalidKeyError)) return [];
    // These are of the right kind, and the error says all.
    if (loaded.reason === "small order" || loaded.reason === "test key") return [];
    return [{ name: "wrong-kind-of-key", explanation: `A key is of the wrong kind: it is ${kindOfKey(key)}.` }];
  });
}

function loadOrRefuse(key: PublicKey, allowTestKey: boolean): Promise<CryptoKey> | InvalidKeyError {
  try {
    return loadKey(key, allowTestKey);
  } catch (error) {
    if (error instanceof InvalidKeyError) return error;
    throw error;
  }
}

/** What a refused key seems to be, in words that hold nothing of it. */
function kindOfKey(key: PublicKey): string {
  if (typeof key !== "string") {
    const { kty, crv, d } = (key ?? {}) as { kty?: unknown; crv?: unknown; d?: unknown };
    if (d !== undefined) return "a private JWK";
    if (kty === "OKP" && crv === "X25519") return "an X25519 key, which is for key agreement";
    return kty === "RSA" ? "an RSA key" : "no Ed25519 JWK";
  }
  if (key.startsWith("whsec_")) return "a shared secret (whsec_), which only the scheme v1 uses";
  if (key.startsWith("whsk_") || key.includes("PRIVATE KEY")) return "a private key";
  if (key.startsWith("ssh-")) return "a key in the format of SSH";
  if (key.includes("CERTIFICATE")) return "a certificate";
  const base64 = key.replace(/^whpk_|-{5}[A-Z ]+-{5}|\s/g, "");
  const der = decodeAnyBase64(base64) ?? new Uint8Array();
  const hex = Array.from(der.subarray(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // The object identifiers of RFC 8410, section 3, and RFC 8017, appendix C.
  if (hex.startsWith("302e020100")) return "a private key (PKCS #8)";
  if (hex.includes("06032b656e")) return "an X25519 key, which is for key agreement";
  if (hex.includes("06092a864886f70d010101")) return "an RSA key";
  if (hex.includes("06072a8648ce3d0201")) return "a key of an elliptic curve other than Ed25519";
  if (der.length === 64) return "64 bytes: a private key with its public key, or a signature";
  return "no Ed25519 public key in whpk_, base64, SPKI, PEM or JWK";
}
