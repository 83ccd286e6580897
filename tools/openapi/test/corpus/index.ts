import { ACCESS } from "./access.ts";
import type { Change } from "./change.ts";
import { DELIVERIES } from "./deliveries.ts";
import { DEFAULTS, DOCUMENTATION, EXTENSIONS } from "./documentation.ts";
import { NAMES } from "./names.ts";
import { REQUESTS } from "./requests.ts";
import { LIMITS, RESPONSES } from "./responses.ts";
import { REWRITTEN } from "./rewritten.ts";

export type { Change, Direction, Level, Meaning, Noticed } from "./change.ts";
export { MISSING } from "./missing.ts";

/** Single changes of the document, by what they are about. */
export const CORPUS: Readonly<Record<string, readonly Change[]>> = {
  names: NAMES,
  requests: REQUESTS,
  responses: RESPONSES,
  "a limit of what comes": LIMITS,
  deliveries: DELIVERIES,
  access: ACCESS,
  documentation: DOCUMENTATION,
  "one meaning, written in two ways": REWRITTEN,
  "an extension is added": EXTENSIONS,
  "a default is stated": DEFAULTS,
};
