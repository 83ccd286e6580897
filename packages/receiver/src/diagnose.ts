import { ACCIDENTS, type Accident } from "./diagnose/accidents.ts";
import { type CandidateKeys, candidateKeys } from "./diagnose/candidate-keys.ts";
import { confirm } from "./diagnose/confirm.ts";
import { evident } from "./diagnose/evident.ts";
import { kindOfKey } from "./diagnose/key-kind.ts";
import { lenientSignatures } from "./diagnose/lenient-signatures.ts";
import { renamedHeaders } from "./diagnose/renamed-headers.ts";
import { suspicions } from "./diagnose/suspicions.ts";
import type { Finding } from "./diagnose/variant.ts";
import { DeliveryError } from "./errors/delivery-error.ts";
import { InvalidKeyError } from "./errors/invalid-key-error.ts";
import { rawBody, readBody } from "./verify/body.ts";
import { header } from "./verify/headers.ts";
import type { PublicKey } from "./verify/key-source.ts";
import { loadKeys } from "./verify/keys.ts";
import { ID, SIGNATURE, signedContent, TIMESTAMP } from "./verify/signature-scheme.ts";
import { type UnreadRequest, type UnverifiedDelivery, type VerifyOptions, verify } from "./verify/verify.ts";

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

/** The default of `verify`. */
const MAX_BODY_BYTES = 1_048_576;

/**
 * Finds out why a delivery is refused: tries what usually happens to deliveries, and says which of it makes the signature
 * match. For logs and the command line, while an endpoint is being set up: it does hundreds of times the work of `verify`, a
 * second or two at worst, so it does not belong where anyone can ask for it, and its findings do not belong in a response.
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
    if ("arrayBuffer" in delivery)
      body = await readBody(delivery, options.maxBodyBytes ?? MAX_BODY_BYTES, options.signal);
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
      return causesFrom([{ accident: "body-parsed" }]);
    case "missing_header":
      return causesFrom([renamedHeaders(headers)]);
    case "unsupported_scheme":
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

  const { body } = signedContent("", "", rawBody(given.body));
  const id = header(headers, ID);
  const keysFor = candidateKeys(options.keys, { body, id, signal: options.signal });
  if (error.code === "invalid_key") return causesInKeys(await keysFor(body), options);

  const signature = header(headers, SIGNATURE);
  const signatures = lenientSignatures(signature);
  const isOfAnother = error.code === "unsupported_scheme" && signature.trim() !== "";
  if (signatures.length === 0) return causesFrom([{ accident: isOfAnother ? "another-scheme" : "signature-damaged" }]);
  const confirmed = await confirm(
    suspicions(id, header(headers, TIMESTAMP), body, options.maxBodyBytes ?? MAX_BODY_BYTES),
    signatures,
    async (variant) => {
      const { own, others, mayChange } = await keysFor(variant);
      return { own: usable(own, options), others: usable(others, options), mayChange };
    },
  );
  if (!confirmed) return causesFrom([isOfAnother ? { accident: "another-scheme" } : evident(body)]);
  return causesFrom([
    confirmed.isCanonical ? undefined : { accident: "signature-rewritten" },
    ...confirmed.findings,
    confirmed.isOwnKey ? undefined : { accident: "key-of-another-sender" },
    error.code === "too_old" || error.code === "too_new" ? { accident: "clock" } : undefined,
  ]);
}

function causesInKeys({ own }: CandidateKeys, { allowTestKey = false }: VerifyOptions): Cause[] {
  const findings = own.flatMap((key): Finding[] | Finding => {
    try {
      // What is refused is refused before anything is imported.
      void loadKeys(key, allowTestKey);
      return [];
    } catch (error) {
      const { reason } = error as InvalidKeyError;
      // That of a small order and that of the test key are of the right kind, and the error says all.
      if (reason === "small order" || reason === "test key") return [];
      return { accident: "wrong-kind-of-key", explanation: `A key is of the wrong kind: it is ${kindOfKey(key)}.` };
    }
  });
  return causesFrom(findings);
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

/** What to say of each finding, once. */
function causesFrom(findings: readonly (Finding | undefined)[]): Cause[] {
  const causes = findings.flatMap((finding) => {
    if (!finding) return [];
    const [explanation, whatToDo] = ACCIDENTS[finding.accident];
    return { accident: finding.accident, explanation: finding.explanation ?? explanation, whatToDo };
  });
  return [...new Map(causes.map((cause) => [cause.explanation, cause])).values()];
}
