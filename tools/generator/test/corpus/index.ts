import { cookies } from "./cookies.ts";
import { discriminator } from "./discriminator.ts";
import { downloads } from "./downloads.ts";
import { jsonMediaTypes } from "./json-media-types.ts";
import type { Kind } from "./kind.ts";
import { queryContent, queryStyles } from "./query-styles.ts";
import { readAndWriteOnly } from "./read-and-write-only.ts";
import { recursion } from "./recursion.ts";
import { references } from "./references.ts";
import { partHeaders, uploads } from "./uploads.ts";

export { documentOf, type Kind } from "./kind.ts";

/** The kinds of things that documents hold, by name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  cookies,
  discriminator,
  readAndWriteOnly,
  downloads,
  jsonMediaTypes,
  partHeaders,
  queryContent,
  queryStyles,
  recursion,
  references,
  uploads,
};
