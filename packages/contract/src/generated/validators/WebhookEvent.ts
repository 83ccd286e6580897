// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail } from "../../validation/runtime.ts";

const values1 = /* @__PURE__ */ new Set(["EXPORT_READY","FILE_MANAGER_FILE_ADDED","DATA_ADDED","INGESTION_COMPLETE","INGESTION_FAILED","ANALYSIS_COMPLETE","ANALYSIS_FAILED","UNMAPPED_ACCOUNTS","ENGAGEMENT_CREATED","ENGAGEMENT_UPDATED","ENGAGEMENT_DELETED","ANALYSIS_CREATED","ANALYSIS_UPDATED","ANALYSIS_DELETED","ANALYSIS_ARCHIVED","ANALYSIS_UNARCHIVED","USER_INVITED","USER_STATUS_UPDATED","USER_ROLE_UPDATED","USER_DELETED","USER_LOGIN"]);

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (!values1.has(value) && fail(problems, at, "enum", values1)) return false;
  return problems?.length === start;
}
