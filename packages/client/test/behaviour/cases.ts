import { badArguments } from "./cases/arguments.ts";
import { ending } from "./cases/ending.ts";
import { middleware } from "./cases/middleware.ts";
import { pages } from "./cases/pages.ts";
import { retries } from "./cases/retries.ts";
import { sizes } from "./cases/sizes.ts";
import { errors } from "./cases/statuses.ts";
import { success } from "./cases/success.ts";
import type { Case } from "./support.ts";

/** How the client behaves, for any runtime: each case needs the module, `fetch`, and the misbehaving server. */
export const cases: Case[] = [
  ...success,
  ...errors,
  ...retries,
  ...pages,
  ...sizes,
  ...ending,
  ...badArguments,
  ...middleware,
];
