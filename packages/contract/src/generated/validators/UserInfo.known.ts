// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject, pointerKey } from "../../validation/runtime.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.userId;
    if (value1 !== undefined) {
      if (typeof value1 !== "string" && fail(problems, `${at}/userId`, "type", "string")) return false;
    }
    const value2 = value.userName;
    if (value2 !== undefined) {
      if (typeof value2 !== "string" && fail(problems, `${at}/userName`, "type", "string")) return false;
    }
    for (const name1 of Object.keys(value)) {
      if (name1 !== "userId" && name1 !== "userName") {
        if (fail(problems, `${at}/${pointerKey(name1)}`, "additionalProperties")) return false;
      }
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
