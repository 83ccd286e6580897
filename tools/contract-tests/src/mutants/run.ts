import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { MindBridge } from "@mindbridge-sdk/client";
import { type Document, dereference, edited, readDocument } from "@mindbridge-sdk/openapi";
import { type Change, CORPUS } from "@mindbridge-sdk/openapi/corpus";
import { type ContractCase, deriveCases } from "../cases.ts";
import { differencesFromReference } from "../compare.ts";
import { breaches } from "../conventions.ts";
import { type CheckableDelivery, checkableDeliveries, deliveryDifference } from "../deliveries.ts";
import { withStatedValues } from "../document.ts";
import { callFor, type MadeResponse, madeResponses } from "../responses.ts";
import { invoke, isUnmade, runCase } from "../run-case.ts";
import { createValidator, formatPath, type Validate } from "../validator.ts";
import { whileRunning } from "../while-running.ts";
import { type PrismHost, startPrismHost } from "./prism-host.ts";
import { generatorFailure, typeFailures } from "./types.ts";

/** The changes of the corpus that somebody is to notice. Their titles begin with their area. */
export const MUTANTS: readonly Change[] = Object.entries(CORPUS).flatMap(([area, changes]) =>
  changes.flatMap((each) => (each.noticed === undefined ? [] : [{ ...each, title: `${area}: ${each.title}` }])),
);

/** What can notice that a document was changed. */
export const ORACLES = ["generator", "types", "contract", "reference"] as const;
export type Oracle = (typeof ORACLES)[number];

/** What each oracle that notices says of a document, in a line. */
export type Verdict = Readonly<Partial<Record<Oracle, string>>>;

/** A change of the document, and who notices it. */
export interface Result {
  readonly change: Change;
  readonly verdict: Verdict;
}

/** What the oracles say of the document as it is, and of each change of it. */
export interface Run {
  readonly control: Verdict;
  readonly results: readonly Result[];
}

/**
 * Makes each change of the document, and asks every oracle about it.
 *
 * @throws {Error} if a change cannot be made, or an oracle could not do its work. Neither says anything of the tests.
 */
export async function runMutants(changes: readonly Change[]): Promise<Run> {
  const original = withStatedValues(await readDocument());
  const documents = [original, ...changes.map((change) => mutant(original, change))];
  const folder = await mkdtemp(join(tmpdir(), "mutants-"));
  try {
    await using host = startPrismHost();
    const pathOf = (index: number): string => join(folder, `${index}.json`);
    await writeFile(pathOf(0), JSON.stringify(original));
    const derived = contractOf(dereference(original));
    // Operations that are added need not keep the conventions. Whether the published ones do, another test finds.
    const known = new Set(breaches(original));
    const url = await host.serve(pathOf(0));
    const contract = { ...derived, responses: await whileRunning(host, responsesMadeBy(url, derived.responses)) };
    const generator = await inParallel(documents, async (document, index) => {
      await writeFile(pathOf(index), JSON.stringify(document));
      return generatorFailure(pathOf(index), join(folder, "types"), `${index}`);
    });
    const [types, others] = await Promise.all([
      typeFailures(join(folder, "types")),
      inParallel(documents, async (document, index) => {
        const whole = dereference(document);
        const broken = breaches(document).filter((breach) => !known.has(breach));
        const [reference] = [...differencesFromReference(whole), ...broken];
        return { contract: await contractFailure(contract, whole, pathOf(index), host), reference };
      }),
    ]);
    const [control = {}, ...verdicts] = documents.map((_, index): Verdict => {
      const said = { generator: generator[index], types: types.get(`${index}`), ...others[index] };
      return Object.fromEntries(Object.entries(said).filter(([, failure]) => failure !== undefined));
    });
    return { control, results: changes.map((change, index) => ({ change, verdict: verdicts[index] ?? {} })) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The document with a change made. */
export function mutant(document: Document, { title, edits }: Pick<Change, "title" | "edits">): Document {
  try {
    return edited(document, edits);
  } catch (error) {
    throw new Error(`The change "${title}" cannot be made: ${String(error)}`, { cause: error });
  }
}

/** Runs as many tasks at a time as there are cores. The results are in the order of the items. */
async function inParallel<T, R>(items: readonly T[], task: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await task(item, index);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

/** The contract tests of the document as it is. */
interface Contract {
  readonly deliveries: readonly CheckableDelivery[];
  readonly cases: readonly ContractCase[];
  readonly responses: readonly MadeResponse[];
  readonly validate: Validate;
}

function contractOf(document: Document): Contract {
  const { cases } = deriveCases(document);
  const validate = createValidator(document, { coerce: false });
  return { deliveries: checkableDeliveries(document), cases, responses: madeResponses(document, cases), validate };
}

/** The first contract test that fails with the client as it is against a mock of another document. */
async function contractFailure(
  contract: Contract,
  other: Document,
  path: string,
  host: PrismHost,
): Promise<string | undefined> {
  const different = deliveryDifference(contract.deliveries, checkableDeliveries(other));
  return different ?? (await whileRunning(host, callFailure(contract, await host.serve(path))));
}

/** How often each response is made from its schema. */
const SEEDS = ["mutant-1", "mutant-2", "mutant-3"];

async function callFailure({ cases, responses, validate }: Contract, url: string): Promise<string | undefined> {
  for (const contractCase of cases) {
    const place = `${contractCase.operation} › ${contractCase.name}`;
    const failure = await failureOf(place, () => runCase(contractCase, { url, MindBridge }));
    if (failure !== undefined) return failure;
  }
  const client = new MindBridge({ baseUrl: url, token: "contract-test", maxRetries: 0 });
  for (const response of responses) {
    for (const seed of SEEDS) {
      const failure = await failureOf(`${response.operation} › ${response.status} from its schema`, async () => {
        const [violation] = validate(response.schema, await invoke(client, callFor(response, seed)));
        if (violation !== undefined) throw new Error(`${formatPath(violation.location)} ${violation.message}`);
      });
      if (failure !== undefined) return failure;
    }
  }
  return undefined;
}

/** Errors of a mock that could not be reached. They say nothing of the document. */
const TRANSPORT = new Set(["ConnectionError", "TimeoutError"]);

/** The responses that a mock of the document as it is makes. Of a changed document, it must make them, too. */
async function responsesMadeBy(url: string, responses: readonly MadeResponse[]): Promise<readonly MadeResponse[]> {
  const client = new MindBridge({ baseUrl: url, token: "contract-test", maxRetries: 0 });
  const made: MadeResponse[] = [];
  for (const response of responses) {
    const answers = SEEDS.map(async (seed) => invoke(client, callFor(response, seed)));
    const ended = await Promise.allSettled(answers);
    const isMade = ended.every(
      (each) => each.status === "fulfilled" || !isUnmade(each.reason.status, each.reason.text),
    );
    if (isMade) made.push(response);
  }
  return made;
}

async function failureOf(place: string, run: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const names = [error.name, error.cause instanceof Error ? error.cause.name : ""];
    if (names.some((name) => TRANSPORT.has(name))) throw error;
    return `${place}: ${error.message.split("\n", 1).join()}`;
  }
}
