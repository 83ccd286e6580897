import { cookies } from "./cookies.ts";
import type { Kind } from "./kind.ts";
import { recursion } from "./recursion.ts";

export { documentOf, type Kind } from "./kind.ts";

/** The kinds of things that documents hold, by name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  cookies,
  recursion,
};
