// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject } from "../../validation/runtime.ts";
import { validate as validateAnalysisResult } from "./AnalysisResult.ts";
import { validate as validateDeliveryEnvelope } from "./DeliveryEnvelope.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (!validateDeliveryEnvelope(value, problems, at) && !problems) return false;
  if (isObject(value)) {
    const value1 = value.type;
    if (value1 !== undefined) {
      if (value1 !== "analysis.completed" && fail(problems, `${at}/type`, "const", "analysis.completed")) return false;
    } else if (fail(problems, `${at}/type`, "required")) return false;
    const value2 = value.data;
    if (value2 !== undefined) {
      if (!validateAnalysisResult(value2, problems, problems && `${at}/data`) && !problems) return false;
    } else if (fail(problems, `${at}/data`, "required")) return false;
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
