import { ACCIDENTS, type Accident } from "./diagnose/accidents.ts";
import { type CandidateKeys, candidateKeys } from "./diagnose/candidate-keys.ts";
import { kindOfKey } from "./diagnose/key-kind.ts";
import { lenientSignatures } from "./diagnose/lenient-signatures.ts";
import { type Suspicion, suspicions } from "./diagnose/suspicions.ts";
import { DeliveryError } from "./errors/delivery-error.ts";
import { InvalidKeyError } from "./errors/invalid-key-error.ts";
import { rawBody, readBody } from "./verify/body.ts";
import type { Bytes } from "./verify/bytes.ts";
import { header } from "./verify/headers.ts";
import type { PublicKey } from "./verify/key-source.ts";
import { loadKeys } from "./verify/keys.ts";
import { ID, readSignatures, SIGNATURE, signedContent, TIMESTAMP } from "./verify/signature-scheme.ts";
import { parseBody, type UnreadRequest, type UnverifiedDelivery, type VerifyOptions, verify } from "./verify/verify.ts";

export type { Accident } from "./diagnose/accidents.ts";

/** What seems to have happened to a delivery. The texts hold no key, and nothing of the body. */
export interface Cause {
  readonly accident: Accident;
  readonly explanation: string;
  readonly whatToDo: string;
}

/** What `diagnose` has found. */
export type Diagnosis =
  | { readonly verified: true }
  | {
      readonly verified: false;
      /** What `verify` throws. */
      readonly error: DeliveryError;
      /** The accidents that explain it; `[]` where the error says all, or none of the usual ones fits. */
      readonly causes: readonly Cause[];
    };

/**
 * Finds out why a delivery is refused: tries what usually happens to deliveries, and says which of it makes the signature
 * match. For logs and the command line, while an endpoint is being set up: it does many times the work of `verify`, so it
 * does not belong where anyone can ask for it, and its findings do not belong in a response.
 *
 * @throws what `verify` throws, where it is no `DeliveryError`: the reason of `signal`, or the error of a stream
 */
export async function diagnose(
  delivery: UnverifiedDelivery | UnreadRequest,
  options: VerifyOptions,
): Promise<Diagnosis> {
  const { headers } = delivery;
  let body: unknown = delivery.body;
  try {
    if ("arrayBuffer" in delivery) body = await readBody(delivery, options.maxBodyBytes ?? 1_048_576, options.signal);
    await verify({ headers, body: body as Uint8Array }, options);
    return { verified: true };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    try {
      return { verified: false, error, causes: await causesOf(error, { headers, body: body as Uint8Array }, options) };
    } catch (another) {
      // What keeps the accidents from being tried is what the error is about, or a header that it is not about yet.
      if (!(another instanceof DeliveryError)) throw another;
      return { verified: false, error, causes: [] };
    }
  }
}

async function causesOf(error: DeliveryError, given: UnverifiedDelivery, options: VerifyOptions): Promise<Cause[]> {
  const { headers } = given;
  switch (error.code) {
    case "raw_body":
      return [cause("body-parsed")];
    case "unsupported_scheme":
      return [cause("another-scheme")];
    case "too_old":
    case "too_new":
    case "malformed_header":
    case "no_key":
    case "invalid_key":
    case "signature_mismatch":
      break;
    default:
      return [];
  }

  const body = signedContent("", "", rawBody(given.body)).body;
  const id = header(headers, ID);
  const parsed: { senderId?: unknown } | undefined = parseBody(body);
  const senderId = typeof parsed?.senderId === "string" ? parsed.senderId : undefined;
  const keys = await candidateKeys(options.keys, { senderId, id }, options.signal);
  if (error.code === "invalid_key") return causesInKeys(keys, options);

  const signature = header(headers, SIGNATURE);
  const canonical = readSignatures(signature);
  const signatures = canonical.length > 0 ? canonical : lenientSignatures(signature);
  if (signatures.length === 0) return [cause("signature-damaged")];
  const own = usable(keys.own, options);
  const others = usable(keys.others, options);
  for (const suspicion of suspicions(id, header(headers, TIMESTAMP), body)) {
    const isOwn = await isSigned(suspicion, own, signatures);
    if (!isOwn && !(await isSigned(suspicion, others, signatures))) continue;
    const accidents: Accident[] = suspicion.accident ? [suspicion.accident] : [];
    if (canonical.length === 0) accidents.unshift("signature-rewritten");
    if (!isOwn) accidents.push("key-of-another-sender");
    if (error.code === "too_old" || error.code === "too_new") accidents.push("clock");
    return accidents.map((accident) => cause(accident));
  }
  return body.length === 0 ? [cause("body-empty")] : [];
}

function causesInKeys({ own }: CandidateKeys, { allowTestKey = false }: VerifyOptions): Cause[] {
  return own.flatMap((key) => {
    try {
      // What is refused is refused before anything is imported.
      void loadKeys(key, allowTestKey);
      return [];
    } catch (error) {
      const { reason } = error as InvalidKeyError;
      // That of a small order and that of the test key are of the right kind, and the error says all.
      if (reason === "small order" || reason === "test key") return [];
      return cause("wrong-kind-of-key", `A key is of the wrong kind: it is ${kindOfKey(key)}.`);
    }
  });
}

/** The keys that `verify` does not refuse. */
function usable(keys: readonly PublicKey[], { allowTestKey = false }: VerifyOptions): Promise<CryptoKey>[] {
  return keys.flatMap((key) => {
    try {
      return loadKeys(key, allowTestKey);
    } catch (error) {
      if (error instanceof InvalidKeyError) return [];
      throw error;
    }
  });
}

async function isSigned(
  { id, timestamp, body }: Suspicion,
  keys: readonly Promise<CryptoKey>[],
  signatures: readonly Bytes[],
): Promise<boolean> {
  const { content } = signedContent(id, timestamp, body);
  for (const imported of keys) {
    const key = await imported;
    for (const signature of signatures) {
      if (await crypto.subtle.verify("Ed25519", key, signature, content)) return true;
    }
  }
  return false;
}

function cause(accident: Accident, explanation: string = ACCIDENTS[accident][0]): Cause {
  return { accident, explanation, whatToDo: ACCIDENTS[accident][1] };
}
