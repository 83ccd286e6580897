// `pnpm corpus`: puts documents of other vendors through the generator, and shows what becomes of them.
//
//   node src/public-documents/main.ts           all of them, beside other generators
//   node src/public-documents/main.ts NAME...   only these
//   node src/public-documents/main.ts --check   what the check looks at: without the largest, and without other generators
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate } from "@mindbridge-sdk/generator";
import type { Document } from "@mindbridge-sdk/openapi";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { deriveCases } from "../cases.ts";
import { plainDocument } from "../document.ts";
import { writeClient } from "../generated-client.ts";
import { typeErrors } from "../mutants/types.ts";
import { type ClientClass, runCase } from "../run-case.ts";
import { whileRunning } from "../while-running.ts";
import { compareGenerators } from "./compare.ts";
import { DOCUMENTS, install, type PublicDocument, readPublicDocument } from "./documents.ts";
import { exchangesOf, keepAccepted } from "./keep.ts";
import { formatRefusals, formatTable, type Row, type Share } from "./report.ts";

const names = process.argv.slice(2);
const isCheck = names[0] === "--check";
const chosen = DOCUMENTS.filter(({ name, workspace }) =>
  isCheck ? workspace === undefined : names.length === 0 || names.includes(name),
);
const problems: string[] = [];
const folder = await mkdtemp(join(tmpdir(), "public-documents-"));
try {
  await install(["", ...chosen.flatMap(({ workspace }) => workspace ?? [])]);
  const clients = join(folder, "clients");
  const rows: Row[] = [];
  for (const [index, document] of chosen.entries()) {
    const own = join(folder, String(index));
    await mkdir(own);
    try {
      rows.push(await tryDocument(document, own, join(clients, String(index))));
    } catch (error) {
      problems.push(`${document.name}: ${(error as Error).stack}`);
    }
  }
  const errors = await typeErrors(clients);
  const whole = rows.map((row) => ({
    ...row,
    typeErrors: errors.get(String(chosen.findIndex(({ name }) => name === row.name))) ?? [],
  }));
  for (const {
    name,
    typeErrors: [first, ...others],
  } of whole) {
    if (first !== undefined) problems.push(`${name}: tsc finds ${others.length + 1} errors, such as ${first}`);
  }
  console.log(`${formatTable(whole)}\n\n${formatRefusals(whole)}`);
} finally {
  await rm(folder, { recursive: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Generates what the generator takes of a document, into the folder `client`. */
async function tryDocument(source: PublicDocument, own: string, client: string): Promise<Row> {
  const document = await readPublicDocument(source, own);
  const kept = await keepAccepted(document);
  const refusals = [...kept.refused.values()].flatMap(([first]) => first ?? []);
  for (const { rule, pointer, message } of refusals) {
    if (!pointer.startsWith("#/")) problems.push(`${source.name}: ${rule} refuses at no place: ${message}`);
  }
  const path = join(own, "kept.json");
  await writeFile(path, JSON.stringify(kept.document));
  const efforts = isCheck ? undefined : await compareGenerators(path, own);
  await writeClient(await generate({ document: path }), client);
  const share = (kind: string): Share => {
    const count = (of: Document) => exchangesOf(of).filter((pointer) => pointer.startsWith(`#/${kind}/`)).length;
    return { count: count(kept.document), of: count(document) };
  };
  return {
    name: source.name,
    operations: share("paths"),
    deliveries: share("webhooks"),
    examples: kept.examples.size,
    validators: await countValidators(client),
    typeErrors: [],
    efforts,
    calls: source.isCalled && (await callEach(source.name, kept.document, { path, client })),
    refusals,
  };
}

/** Loads each guard, and lets it look at a value. */
async function countValidators(client: string): Promise<number> {
  const guards: object = await import(pathToFileURL(join(client, "contract/src/generated/validators.ts")).href);
  const all = Object.entries(guards).filter(([name]) => /^is[A-Z]/.test(name));
  for (const [, guard] of all) (guard as { problems(value: unknown): unknown }).problems({});
  return all.length;
}

/** Calls each operation that declares a success once, with examples or made-up values. Prism has to answer with that success. */
async function callEach(
  name: string,
  document: Document,
  { path, client }: { readonly path: string; readonly client: string },
): Promise<Share> {
  const { MindBridge } = (await import(pathToFileURL(join(client, "client/src/index.ts")).href)) as {
    MindBridge: ClientClass;
  };
  const successes = deriveCases(plainDocument(document)).cases.filter(({ expected }) => expected.kind === "success");
  const first = [...new Map(successes.toReversed().map((each) => [each.operation, each])).values()];
  const server = await startMockServer({ document: path });
  let count = 0;
  try {
    for (const each of first) {
      try {
        await whileRunning(server, runCase(each, { url: server.url, MindBridge }));
        count++;
      } catch (error) {
        problems.push(`${name}: ${each.operation} is not answered as declared: ${(error as Error).message}`);
      }
    }
  } finally {
    await server.close();
  }
  return { count, of: first.length };
}
