// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject } from "../../validation/runtime.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.eventId;
    if (value1 !== undefined) {
      if (typeof value1 !== "string" && fail(problems, `${at}/eventId`, "type", "string")) return false;
    }
    const value2 = value.analysisId;
    if (value2 !== undefined) {
      if (typeof value2 !== "string" && fail(problems, `${at}/analysisId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/analysisId`, "required")) return false;
    const value3 = value.analysisResultId;
    if (value3 !== undefined) {
      if (typeof value3 !== "string" && fail(problems, `${at}/analysisResultId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/analysisResultId`, "required")) return false;
    const value4 = value.engagementId;
    if (value4 !== undefined) {
      if (typeof value4 !== "string" && fail(problems, `${at}/engagementId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/engagementId`, "required")) return false;
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
