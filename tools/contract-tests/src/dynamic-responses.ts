import type { ContractCase } from "./cases.ts";
import type { Document } from "./document.ts";
import { jsonContent, operationsOf } from "./operations.ts";
import type { Schema } from "./schema.ts";

/** A response of success with a body, which the mock can make up from its schema. */
export interface DynamicResponse {
  /** Of the operation. */
  readonly id: string;
  readonly status: string;
  readonly schema: Schema;
  /** A call that succeeds. */
  readonly contractCase: ContractCase;
}

/** Every response of success with a body, and a call to get it by. */
export function dynamicResponses(document: Document, cases: readonly ContractCase[]): DynamicResponse[] {
  return operationsOf(document).flatMap(({ id, responses }) =>
    Object.entries(responses).flatMap(([status, { content }]) => {
      const schema = status.startsWith("2") ? jsonContent(content)?.schema : undefined;
      const contractCase = cases.find(({ operation, expected }) => operation === id && expected.kind === "success");
      return schema === undefined || contractCase === undefined ? [] : [{ id, status, schema, contractCase }];
    }),
  );
}

/** The call whose response the mock makes up, the same for the same seed. */
export function madeUp({ status, contractCase }: DynamicResponse, seed: string): ContractCase {
  const prefer = `code=${status}, dynamic=true, seed=${seed}`;
  return { ...contractCase, call: { ...contractCase.call, prefer } };
}
