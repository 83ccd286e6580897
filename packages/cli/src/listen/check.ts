import { type DeliveryError, type KeySource, KeySourceError, verify } from "@mindbridge-sdk/receiver";
import { diagnose } from "@mindbridge-sdk/receiver/diagnose";
import type { Context } from "../action.ts";
import { describeRefusal, explainError } from "../describe-error.ts";
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
    const message = isOther ? describeOther(senderId, webhooks) : refusal.message;
    return { ...said, verified: false, error: { ...refusal, message }, causes };
  }
}

/** Says that a delivery is of none of the webhooks of `--webhook`. */
function describeOther(senderId: string | undefined, webhooks: readonly AskedWebhook[]): string {
  const sender = senderId === undefined ? "no sender" : `the sender ${senderId}`;
  const names = webhooks.map(({ id, isMissing }) => `${id}${isMissing ? " (there is no such webhook)" : ""}`);
  const todo = senderId === undefined ? "" : ` If that is yours, give --webhook ${senderId}.`;
  return `The body names ${sender}, and --webhook names ${names.join(", ")}.${todo}`;
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

/** The type and the sender that a body names, genuine or not. */
function claimsOf(text: string | undefined): { type: string | undefined; senderId: string | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    // It is not JSON.
  }
  const { type, senderId } = (value ?? {}) as { type?: unknown; senderId?: unknown };
  const textOf = (claim: unknown) => (typeof claim === "string" ? claim : undefined);
  return { type: textOf(type), senderId: textOf(senderId) };
}
