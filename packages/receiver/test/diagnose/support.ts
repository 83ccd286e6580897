import { expect } from "vitest";
import { type CauseName, type Diagnosis, diagnose } from "../../src/diagnose.ts";
import { now, Signer } from "../verify/support.ts";

export const signer = new Signer();
export const options = { keys: signer.whpk, now };

/** The causes that are found, and the code of the error. */
export function found(diagnosis: Diagnosis): [string, ...CauseName[]] {
  if (diagnosis.verified) return ["verified"];
  for (const { explanation, whatToDo } of diagnosis.causes) {
    expect(explanation).toMatch(/\.$/);
    expect(whatToDo).toMatch(/\.$/);
    // No part of the body or of a key.
    expect(explanation + whatToDo).not.toMatch(/acme|analysis-1|whpk_\w{9}/);
  }
  return [diagnosis.error.code, ...diagnosis.causes.map(({ name }) => name)];
}

/** What is found where one body was signed, and another received. */
export const received = async (signed: string | Uint8Array, body: string | Uint8Array) =>
  found(await diagnose({ headers: signer.headers(signed), body }, options));
