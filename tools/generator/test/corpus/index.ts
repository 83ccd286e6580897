import { cookies } from "./cookies.ts";
import { discriminator } from "./discriminator.ts";
import type { Kind } from "./kind.ts";
import { readAndWriteOnly } from "./read-and-write-only.ts";
import { recursion } from "./recursion.ts";
import { references } from "./references.ts";

export { documentOf, type Kind } from "./kind.ts";

/** The kinds of things that documents hold, by name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  cookies,
  discriminator,
  readAndWriteOnly,
  recursion,
  references,
};
