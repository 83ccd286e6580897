import { MindBridge } from "@mindbridge-sdk/client";
import { type MockServer, startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { type ContractCase, deriveCases } from "../cases.ts";
import { dereference } from "../dereference.ts";
import type { Document } from "../document.ts";
import { type DynamicResponse, dynamicResponses, madeUp } from "../dynamic-responses.ts";
import { formatPath } from "../place.ts";
import { invoke, runCase } from "../run-case.ts";
import { createValidator, type Validate } from "../validator.ts";
import { whileRunning } from "../while-running.ts";
import { deliveryDifference } from "./delivery-judge.ts";

/** The contract tests of the document as it is, to be run against another. */
export interface Contract {
  readonly document: Document;
  readonly cases: readonly ContractCase[];
  readonly responses: readonly DynamicResponse[];
  readonly validate: Validate;
}

/** How often each response is made up. */
const SEEDS = ["mutant-1", "mutant-2", "mutant-3"];

/** What says that the mock could not be reached, and nothing of what it serves. */
const TRANSPORT = new Set(["ConnectionError", "TimeoutError"]);

/** Derives the contract tests from the document as it is. */
export function contractOf(document: Document): Contract {
  const { cases } = deriveCases(document);
  const responses = dynamicResponses(document, cases);
  return { document, cases, responses, validate: createValidator(document, { coerce: false }) };
}

/**
 * Runs the contract tests with the client as it is against a mock that serves another document.
 *
 * @param path Where the other document stands.
 * @param parsed The same, parsed.
 * @returns The first test that fails, in words; `undefined` where none does.
 * @throws {Error} if the mock cannot be started or reached, which says nothing of the document.
 */
export async function contractFailure(contract: Contract, path: string, parsed: unknown): Promise<string | undefined> {
  const different = deliveryDifference(contract.document, dereference(parsed) as Document);
  if (different !== undefined) return different;
  await using mock = await startMockServer({ document: path });
  return await whileRunning(mock, callFailure(contract, mock));
}

async function callFailure({ cases, responses, validate }: Contract, { url }: MockServer): Promise<string | undefined> {
  for (const contractCase of cases) {
    const place = `${contractCase.operation} › ${contractCase.name}`;
    const failure = await failureOf(place, () => runCase(contractCase, { url, MindBridge }));
    if (failure !== undefined) return failure;
  }
  const client = new MindBridge({ baseUrl: url, token: "contract-test", maxRetries: 0 });
  for (const response of responses) {
    const place = `${response.id} › ${response.status} made up`;
    for (const seed of SEEDS) {
      const failure = await failureOf(place, async () => {
        const data = await invoke(client, madeUp(response, seed));
        const [violation] = validate(response.schema, data);
        if (violation !== undefined) throw new Error(`${formatPath(violation.location)} ${violation.message}`);
      });
      if (failure !== undefined) return failure;
    }
  }
  return undefined;
}

async function failureOf(place: string, run: () => Promise<void>): Promise<string | undefined> {
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
