// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject } from "../../validation/runtime.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (!isObject(value) && fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
