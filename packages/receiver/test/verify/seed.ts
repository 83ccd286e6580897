import { randomInt } from "node:crypto";

/** The environment variable that repeats a run: set it to the seed that the run has printed. */
export const SEED_VARIABLE = "VERIFY_FUZZ_SEED";

/**
 * The seed of a run: a 32-bit integer, another in each run unless it is set.
 *
 * @throws {Error} if the variable is set to anything else.
 */
export function readSeed(environment: NodeJS.ProcessEnv = process.env): number {
  const given = environment[SEED_VARIABLE];
  if (given === undefined || given === "") return randomInt(2 ** 31);
  const seed = Number(given);
  if (!/^-?\d+$/.test(given) || seed !== (seed | 0)) {
    throw new Error(
      `${SEED_VARIABLE} is "${given}": set it to an integer of 32 bits, as a run prints it, or unset it.`,
    );
  }
  return seed;
}
