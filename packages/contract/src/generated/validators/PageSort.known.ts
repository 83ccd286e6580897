// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject, pointerKey } from "../../validation/runtime.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.empty;
    if (value1 !== undefined) {
      if (typeof value1 !== "boolean" && fail(problems, `${at}/empty`, "type", "boolean")) return false;
    }
    const value2 = value.unsorted;
    if (value2 !== undefined) {
      if (typeof value2 !== "boolean" && fail(problems, `${at}/unsorted`, "type", "boolean")) return false;
    }
    const value3 = value.sorted;
    if (value3 !== undefined) {
      if (typeof value3 !== "boolean" && fail(problems, `${at}/sorted`, "type", "boolean")) return false;
    }
    for (const name1 of Object.keys(value)) {
      if (name1 !== "empty" && name1 !== "unsorted" && name1 !== "sorted") {
        if (fail(problems, `${at}/${pointerKey(name1)}`, "additionalProperties")) return false;
      }
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
