// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail } from "../../validation/runtime.ts";

const values1 = /* @__PURE__ */ new Set(["ACTIVE","INACTIVE"]);

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (!values1.has(value) && fail(problems, at, "enum", values1)) return false;
  return problems?.length === start;
}
