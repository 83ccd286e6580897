// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject } from "../../validation/runtime.ts";
import { validate as validatePage } from "./Page.ts";
import { validate as validateWebhook } from "./Webhook.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (!validatePage(value, problems, at) && !problems) return false;
  if (isObject(value)) {
    const value1 = value.content;
    if (value1 !== undefined) {
      if (Array.isArray(value1)) {
        for (let index1 = 0; index1 < value1.length; index1++) {
          const value2 = value1[index1];
          if (!validateWebhook(value2, problems, problems && `${at}/content/${index1}`) && !problems) return false;
        }
      } else if (fail(problems, `${at}/content`, "type", "array")) return false;
    } else if (fail(problems, `${at}/content`, "required")) return false;
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
