import { type Delivery, type DeliveryError, type HeadersRecord, verify } from "@mindbridge-sdk/receiver";
import { type Cause, diagnose } from "@mindbridge-sdk/receiver/diagnose";
import { describeOtherSender, describeRefusal } from "../describe-error.ts";
import { textOf } from "../input.ts";
import { claimsOf } from "../listen/check.ts";
import { printableLine } from "../printable.ts";
import type { ReadKeys } from "../public-keys.ts";

/** A captured delivery, and how to judge it. */
export interface Capture {
  readonly headers: HeadersRecord;
  readonly body: Uint8Array;
  readonly keys: ReadKeys;
  /** When it was received, in milliseconds since the epoch. */
  readonly at: number;
  /** By how many seconds `at` may differ from the time of signing; `undefined` to leave the age unjudged. */
  readonly tolerance: number | undefined;
  readonly allowTestKey: boolean;
}

/** A cause of a refusal that `diagnose` finds, or the advice if it finds none. */
export interface Explanation {
  readonly name: Cause["name"] | "altered-or-another-key";
  readonly explanation: string;
  readonly whatToDo: string;
}

/** The verdict on a capture. It tells the signature and the age apart, since a capture is old when it is verified. */
export interface Verdict {
  /** Whether the signature is right, whatever the age. */
  readonly genuine: boolean;
  /** Whether the age was within tolerance; `null` if it is not judged, or not known. */
  readonly inTime: boolean | null;
  /** When it was signed according to the headers, in RFC 3339; `null` if they do not say. */
  readonly signedAt: string | null;
  /** How many seconds before `at` that was; negative if it was after. */
  readonly age: number | null;
  /** What a genuine delivery says. */
  readonly delivery?: Pick<Delivery, "type" | "id" | "eventId" | "senderId" | "tenantId">;
  /** The error of a receiver that refuses it. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly causes: readonly Explanation[];
}

const UNEXPLAINED: Explanation = {
  name: "altered-or-another-key",
  explanation:
    "None of the usual causes explains it. Another key signed it, or something altered the body, the id or the time in a way that cannot be undone, such as another order of names or other ways to write numbers.",
  whatToDo:
    "Compare the key with the current publicKey of the webhook (mindbridge webhooks get ID, with the senderId of the body), since keys can be replaced. If it is the same, capture a delivery as it arrives (mindbridge listen --save FOLDER). If that one verifies, something changes deliveries before they reach the place of this capture. If it does not verify, it is not from MindBridge, or MindBridge does not sign as this SDK assumes.",
};

/** Judges a captured delivery: first its signature, then its age. */
export async function judge({ headers, body, keys, at, tolerance, allowTestKey }: Capture): Promise<Verdict> {
  const delivery = { headers, body };
  const options = { keys, allowTestKey, now: () => at, maxBodyBytes: Number.POSITIVE_INFINITY };
  const anyTime = { ...options, tolerance: Number.POSITIVE_INFINITY };
  const timing = timingOf(headers, at, tolerance);
  const diagnosis = await diagnose(delivery, anyTime);
  if (!diagnosis.verified) {
    const isUnexplained = diagnosis.error.code === "signature_mismatch" && diagnosis.causes.length === 0;
    const causes = isUnexplained ? [unexplained(headers, body)] : diagnosis.causes;
    return { genuine: false, ...timing, error: describe(diagnosis.error, body, keys), causes };
  }
  const { type, id, eventId, senderId, tenantId } = await verify(delivery, anyTime);
  const genuine = { genuine: true, ...timing, delivery: { type, id, eventId, senderId, tenantId } };
  const inTime = await diagnose(delivery, { ...options, tolerance: tolerance ?? Number.POSITIVE_INFINITY });
  if (inTime.verified) return { ...genuine, causes: [] };
  const { error, causes } = inTime;
  return { ...genuine, error: describeRefusal(error), causes };
}

/** Why nothing explains a mismatch, and whether headers and body may be of two deliveries. */
function unexplained(headers: HeadersRecord, body: Uint8Array): Explanation {
  const [id = ""] = [headers["webhook-id"] ?? []].flat();
  const { eventId } = claimsOf(textOf(body));
  if (eventId === undefined || eventId === id) return UNEXPLAINED;
  const ids = `webhook-id is ${printableLine(id)}, and the eventId of the body is ${printableLine(eventId)}`;
  const explanation = `${UNEXPLAINED.explanation} The ${ids}: MindBridge calls both the id of the event, so the headers may be of another delivery than the body.`;
  return { ...UNEXPLAINED, explanation };
}

/** The error in the words of the command line. If a key is missing, it names the webhooks of those that are there. */
function describe(error: DeliveryError, body: Uint8Array, keys: ReadKeys): NonNullable<Verdict["error"]> {
  const refusal = describeRefusal(error);
  if (refusal.code !== "no_key") return refusal;
  const { senderId } = claimsOf(textOf(body));
  const sender = senderId && printableLine(senderId);
  return { ...refusal, message: describeOtherSender(sender, "--key", Object.keys(keys), `--key ${sender}=KEY`) };
}

function timingOf(
  headers: HeadersRecord,
  at: number,
  tolerance: number | undefined,
): Pick<Verdict, "inTime" | "signedAt" | "age"> {
  const [timestamp = ""] = [headers["webhook-timestamp"] ?? []].flat();
  if (!/^\d{1,12}$/.test(timestamp)) return { inTime: null, signedAt: null, age: null };
  const age = Math.floor(at / 1000) - Number(timestamp);
  const signedAt = new Date(Number(timestamp) * 1000).toISOString();
  return { inTime: tolerance === undefined ? null : Math.abs(age) <= tolerance, signedAt, age };
}
