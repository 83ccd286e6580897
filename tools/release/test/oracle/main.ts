// Asks the compiler about every change of the table and about random ones, and prints what it says otherwise.
//
//   node test/oracle/main.ts [COUNT] [FIRST]    500 random changes, from the seed 0; a seed always makes the same changes
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { consult, describe, type Findings, randomChanges, singleChanges } from "./oracle.ts";

const [count = 500, first = 0, share = 0, shares = availableParallelism()] = process.argv.slice(2).map(Number);
const random = `${count} random changes`;
type Shared = Readonly<Record<string, Findings>>;

// Each process takes its share: every so many changes.
if (process.send === undefined) {
  const found = await Promise.all(Array.from({ length: shares }, (_, index) => findingsOf(index)));
  report("the table", found);
  report(random, found);
} else {
  const isOwn = (_: unknown, index: number): boolean => index % shares === share;
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  process.send({
    "the table": await consult(singleChanges().filter(isOwn)),
    [random]: await consult(randomChanges(seeds.filter(isOwn))),
  });
}

function findingsOf(index: number): Promise<Shared> {
  return new Promise((resolve, reject) => {
    const args = [count, first, index, shares].map(String);
    const started = fork(fileURLToPath(import.meta.url), args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    started.once("message", (found: Shared) => resolve(found));
    started.once("exit", (code) => reject(new Error(`A process ended with the code ${code}, and found nothing.`)));
  });
}

function report(name: string, found: readonly Shared[]): void {
  const all = found.map((each) => each[name] as Findings);
  const [below, above] = [all.flatMap((each) => each.below), all.flatMap((each) => each.above)];
  const asked = all.reduce((sum, each) => sum + each.asked, 0);
  const refused = all.flatMap((each) => each.refused).length;
  console.log(
    `${name}: ${asked} asked, ${below.length} below the compiler, ${above.length} above it; ${refused} not generated`,
  );
  for (const each of [...below, ...above]) console.log(describe(each));
  if (below.length + above.length > 0) process.exitCode = 1;
}
