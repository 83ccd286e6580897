import { type DeliveryError, type KeySource, KeySourceError, verify } from "@mindbridge-sdk/receiver";
import { diagnose } from "@mindbridge-sdk/receiver/diagnose";
import type { Context } from "../action.ts";
import { describeOtherSender, describeRefusal, explainError } from "../describe-error.ts";
import { jsonOrText } from "../input.ts";
import { contentOf, type Header, type ListenRecord, type Received } from "./record.ts";

/** A webhook of `--webhook`. */
export interface AskedWebhook {
  readonly id: string;
  /** Whether the API has said that there is none. */
  isMissing: boolean;
}

/** Says what a delivery claims, whether it verifies and, if not, why. */
export async function check(
  { headers: pairs, body, method, path }: Received,
  keys: KeySource,
  context: Context,
  webhooks: readonly AskedWebhook[],
): Promise<Omit<ListenRecord, "name" | "status">> {
  const { signal } = context;
  const headers = headersOf(pairs);
  const seconds = Number(headers["webhook-timestamp"]?.[0]);
  const content = contentOf(body);
  const { type, senderId } = claimsOf(content.body);
  const said = {
    receivedAt: new Date().toISOString(),
    type,
    id: headers["webhook-id"]?.[0],
    senderId,
    age: Number.isInteger(seconds) ? Math.floor(Date.now() / 1000) - seconds : undefined,
    method,
    path,
    headers: pairs,
    ...content,
  };
  // The webhooks of the mock have the published test key, and nothing here depends on who has signed.
  const options = { keys, allowTestKey: true, signal };
  try {
    await verify({ headers, body }, options);
    return { ...said, verified: true };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KeySourceError) {
      const message = `The key cannot be fetched. ${explainError(error.cause, context)}`;
      return { ...said, verified: false, error: { code: error.code, message }, causes: [] };
    }
    const diagnosis = await diagnose({ headers, body }, options).catch(() => undefined);
    const causes = diagnosis?.verified === false ? diagnosis.causes : [];
    const refusal = describeRefusal(error as DeliveryError);
    const isOther = refusal.code === "no_key" && webhooks.length > 0;
    const names = webhooks.map(({ id, isMissing }) => `${id}${isMissing ? " (there is no such webhook)" : ""}`);
    const message = isOther
      ? describeOtherSender(senderId, "--webhook", names, `--webhook ${senderId}`)
      : refusal.message;
    return { ...said, verified: false, error: { ...refusal, message }, causes };
  }
}

/** The status that a receiver answers with. */
export function statusOf({ verified, error }: Pick<ListenRecord, "verified" | "error">): number {
  if (verified) return 204;
  if (error?.code === "key_source") return 503;
  return error && /^(?:missing_header|malformed_header|invalid_body)$/.test(error.code) ? 400 : 401;
}

/** The values of each header, by its name in lower case. */
function headersOf(pairs: readonly Header[]): Record<string, string[]> {
  const groups = Map.groupBy(pairs, ([name]) => name.toLowerCase());
  return Object.fromEntries([...groups].map(([name, group]) => [name, group.map(([, value]) => value)]));
}

/** What a body claims, genuine or not. */
export function claimsOf(text: string | undefined): {
  readonly type: string | undefined;
  readonly eventId: string | undefined;
  readonly senderId: string | undefined;
} {
  const { type, eventId, senderId } = Object(jsonOrText(text ?? "")) as Readonly<Record<string, unknown>>;
  const textOf = (claim: unknown) => (typeof claim === "string" ? claim : undefined);
  return { type: textOf(type), eventId: textOf(eventId), senderId: textOf(senderId) };
}
