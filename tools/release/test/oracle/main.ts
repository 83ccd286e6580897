// Asks the compiler about every change of the table and about random ones, and prints what it says otherwise.
//
//   node test/oracle/main.ts [COUNT]    500 random changes; those of one count are always the same
import { consult, describe, type Findings, randomChanges, singleChanges } from "./oracle.ts";

const count = Number(process.argv[2] ?? 500);
const all = { "the table": singleChanges(), [`${count} random changes`]: randomChanges(Array(count).keys()) };
const found = new Map<string, Findings>();
for (const [name, changes] of Object.entries(all)) {
  const findings = await consult(changes);
  found.set(name, findings);
  const { asked, refused, below, above } = findings;
  console.log(
    `${name}: ${asked} asked, ${below.length} below the compiler, ${above.length} above it; ${refused.length} not generated`,
  );
  for (const each of [...below, ...above]) console.log(describe(each));
}
process.exitCode = [...found.values()].some(({ below, above }) => below.length + above.length > 0) ? 1 : 0;
