import { join } from "node:path";
import { build } from "vitepress";
import { buildApiReference } from "./api.ts";
import { CONFIGURATION, SITE, SOURCE } from "./folders.ts";
import { stage } from "./stage.ts";

stage(SOURCE);
await build(CONFIGURATION);
buildApiReference(join(SITE, "api.html"));
console.log(`The site is in ${SITE}.`);
