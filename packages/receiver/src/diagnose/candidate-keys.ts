import type { KeyAnswer, KeySource, KeysBySender, PublicKey, UnverifiedSender } from "../verify/key-source.ts";
import { askForKeys, keyFunction } from "../verify/keys.ts";

/** The keys that a delivery may have been signed with. */
export interface CandidateKeys {
  /** Those of the sender that it claims; all, where they are not told apart by sender. */
  readonly own: readonly PublicKey[];
  /** Those that a record has for other senders. */
  readonly others: readonly PublicKey[];
}

/** @throws {KeySourceError} if a key function fails. */
export async function candidateKeys(
  source: KeySource,
  sender: UnverifiedSender,
  signal: AbortSignal | undefined,
): Promise<CandidateKeys> {
  const find = keyFunction(source);
  if (!find) return { own: listOf(source as KeyAnswer), others: [] };
  const own = listOf(await askForKeys(find, sender, signal));
  if (typeof source === "function") return { own, others: [] };
  const all = Object.values(source as KeysBySender).flatMap(listOf);
  return { own, others: all.filter((key) => !own.includes(key)) };
}

function listOf(keys: KeyAnswer): readonly PublicKey[] {
  return [keys ?? []].flat() as readonly PublicKey[];
}
