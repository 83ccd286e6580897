import { type Attack, createTestSigner, tampered } from "@mindbridge-sdk/testing";
import { UsageError } from "../usage-error.ts";

/** Nothing is verified where this is taken. */
export const FORGED = "the delivery is signed with a key that nobody knows";
/** It is not the bytes that are verified where this is taken. */
export const REFORMATTED = "the body is formatted anew";
export const OLD = "the delivery is old";
export const JUST_TOO_OLD = "the delivery is a minute too old";
/** The time is not looked at where one of these is taken, or not enough. */
export const OUT_OF_TIME: readonly string[] = [OLD, JUST_TOO_OLD, "the delivery is from the future"];

/** The name of an attack as a word of the command line: `the id is another` is `id-is-another`. */
export function attackWord(name: string): string {
  return name
    .replace(/^the /, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase();
}

/** @throws {UsageError} that lists all attacks if there is none of a name. */
export async function checkAttack(name: string): Promise<void> {
  findAttack(await tampered({ event: { type: "any" }, signer: await createTestSigner() }), name);
}

/**
 * The attack of a name, as a word or as it stands.
 *
 * @throws {UsageError} that lists all of them if there is none.
 */
export function findAttack(attacks: readonly Attack[], name: string): Attack {
  const word = attackWord(name);
  const found = attacks.find((attack) => attackWord(attack.name) === word);
  if (found) return found;
  const words = attacks.map((attack) => `  ${attackWord(attack.name)}`);
  throw new UsageError(`There is no attack called ${JSON.stringify(name)}. There are:\n${words.join("\n")}`);
}
