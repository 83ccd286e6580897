// Measures the packages beside what people would otherwise pick.
//
//   node src/main.ts               everything; writes reports/benchmarks.json, docs/benchmarks.md and its charts
//   node src/main.ts SECTION...    only these, with what takes longest in full; prints their tables

import type { Group, Section } from "./measure.ts";
import { installPeers } from "./peers.ts";
import { environment, table, writeJson, writePage } from "./report.ts";
import { bundle } from "./sections/bundle.ts";
import { call } from "./sections/call.ts";
import { coldStart } from "./sections/cold-start.ts";
import { generation } from "./sections/generation.ts";
import { installation } from "./sections/installation.ts";
import { receiving } from "./sections/receiving.ts";
import { repository } from "./sections/repository.ts";
import { stores } from "./sections/stores.ts";
import { typeChecking } from "./sections/type-checking.ts";
import { validators } from "./sections/validators.ts";
import { verification } from "./sections/verification.ts";

const SECTIONS = [
  bundle,
  installation,
  call,
  verification,
  receiving,
  stores,
  coldStart,
  typeChecking,
  validators,
  generation,
  repository,
];

const names = process.argv.slice(2);
const chosen = names.map((name) => SECTIONS.find((section) => section.name === name));
if (chosen.includes(undefined)) {
  console.error(`There is no such section. There are: ${SECTIONS.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}

await installPeers();
console.log(
  Object.entries(environment())
    .map(([name, version]) => `${name} ${version}`)
    .join("\n"),
);
const results: [Section, readonly Group[]][] = [];
for (const section of names.length > 0 ? chosen : SECTIONS) {
  if (!section) continue;
  const start = performance.now();
  const groups = await section.measure(names.length > 0);
  for (const group of groups) console.log(`\n${section.title}: ${group.title}\n\n${table(group)}`);
  console.log(`\n${section.title} took ${Math.round((performance.now() - start) / 1_000)} s.`);
  results.push([section, groups]);
}
if (names.length === 0) {
  writePage(results);
  console.log(`\nWrote docs/benchmarks.md and ${writeJson(results)}.`);
}
