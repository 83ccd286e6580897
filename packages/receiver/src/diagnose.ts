import { MAX_BODY_BYTES, readBody, requestReader, type UnreadRequest } from "./body.ts";
import { type Cause, causesFrom } from "./diagnose/causes.ts";
import { evident } from "./diagnose/evident.ts";
import { lenientSignatures, renamedHeaders } from "./diagnose/headers.ts";
import { candidateKeys, usableKeys, wrongKeys } from "./diagnose/keys.ts";
import { findMatch, hypotheses } from "./diagnose/search.ts";
import { DeliveryError } from "./errors.ts";
import { ID, requiredHeader, SIGNATURE, signedContent, TIMESTAMP } from "./verify/signature-scheme.ts";
import { judgeTime, TOLERANCE, type UnverifiedDelivery, type VerifyOptions, verify } from "./verify/verify.ts";

export type { Cause, CauseName } from "./diagnose/causes.ts";

/** What `diagnose` has found. */
export type Diagnosis =
  | { readonly verified: true }
  | {
      readonly verified: false;
      /** What `verify` throws. */
      readonly error: DeliveryError;
      /** What explains the error; `[]` where the error says all, or none of the usual causes fits. */
      readonly causes: readonly Cause[];
    };

/**
 * Finds out why a delivery is refused: undoes what usually happens to deliveries, and says what makes the signature match.
 * It is for logs and the command line, while you set up an endpoint. It does hundreds of times the work of `verify`, a
 * second or two at worst, so strangers must not be able to ask for it, and its findings do not belong in a response.
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
    if ("arrayBuffer" in delivery) body = await readBody(requestReader(delivery), limitOf(options), options.signal);
    await verify({ headers, body: body as Uint8Array }, options);
    return { verified: true };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    try {
      return { verified: false, error, causes: await causesOf(error, { headers, body: body as Uint8Array }, options) };
    } catch (another) {
      // What keeps us from trying the causes is the error itself, or a header that the error is not about yet.
      if (!(another instanceof DeliveryError)) throw another;
      return { verified: false, error, causes: [] };
    }
  }
}

async function causesOf(error: DeliveryError, given: UnverifiedDelivery, options: VerifyOptions): Promise<Cause[]> {
  const { headers } = given;
  const { allowTestKey = false, tolerance = TOLERANCE, now = Date.now } = options;
  switch (error.code) {
    case "raw_body":
      return causesFrom([{ name: "body-parsed" }]);
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

  const { body } = signedContent("", "", given.body);
  const id = requiredHeader(headers, ID);
  const keysFor = candidateKeys(options.keys, { body, id, signal: options.signal });
  if (error.code === "invalid_key") return causesFrom(wrongKeys((await keysFor(body)).own, allowTestKey));

  const signature = requiredHeader(headers, SIGNATURE);
  const signatures = lenientSignatures(signature);
  const isOfAnother = error.code === "unsupported_scheme" && signature.trim() !== "";
  if (signatures.length === 0) return causesFrom([{ name: isOfAnother ? "another-scheme" : "signature-damaged" }]);
  const match = await findMatch(
    hypotheses(id, requiredHeader(headers, TIMESTAMP), body, limitOf(options)),
    signatures,
    async (variant) => {
      const { own, others, mayChange } = await keysFor(variant);
      return { own: usableKeys(own, allowTestKey), others: usableKeys(others, allowTestKey), mayChange };
    },
  );
  if (!match) return causesFrom([isOfAnother ? { name: "another-scheme" } : evident(body)]);
  const isReadable = error.code !== "malformed_header";
  const isOutOfTime = isReadable && judgeTime(Number(match.timestamp), now(), tolerance) !== undefined;
  return causesFrom([
    match.isCanonical ? undefined : { name: "signature-rewritten" },
    ...match.findings,
    match.isOwnKey ? undefined : { name: "key-of-another-sender" },
    isOutOfTime ? { name: "clock" } : undefined,
  ]);
}

function limitOf({ maxBodyBytes = MAX_BODY_BYTES }: VerifyOptions): number {
  return maxBodyBytes;
}
