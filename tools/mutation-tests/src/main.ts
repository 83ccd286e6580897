// `pnpm mutation`: changes the code of the client and of the generator in one place at a time, and shows which changes no
// test notices. With the name of a target, only that.
import { fileURLToPath } from "node:url";
import { mutate } from "./mutate.ts";
import { formatSummary, isGood, summaryOf } from "./summary.ts";
import { TARGETS } from "./targets.ts";

process.chdir(fileURLToPath(new URL("../../..", import.meta.url)));
const names = process.argv.slice(2).filter((name) => name !== "--");
const unknown = names.filter((name) => !TARGETS.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")} to mutate. Name ${TARGETS.map(({ name }) => name).join(" or ")}.`);
  process.exitCode = 1;
} else {
  for (const target of TARGETS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const started = performance.now();
    const summary = summaryOf(await mutate(target));
    console.log(formatSummary(target, summary, (performance.now() - started) / 1_000));
    if (!isGood(target, summary)) process.exitCode = 1;
  }
}
