import { textOf } from "../verify/delivery.ts";
import type { KeyAnswer, KeySource, KeysBySender, PublicKey, UnverifiedSender } from "../verify/key-source.ts";
import { askForKeys, keyFunction } from "../verify/keys.ts";
import { parseBody } from "../verify/verify.ts";

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
 * Finds the keys for what a body may have been: those of the sender that the body claims or, where it cannot be read, of the
 * one that the variant of it claims. Each sender is asked for once.
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
    const own = listOf(await askForKeys(find, sender, signal));
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
