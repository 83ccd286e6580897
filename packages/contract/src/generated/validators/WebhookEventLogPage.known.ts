// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject, pointerKey } from "../../validation/runtime.ts";
import { track as trackPage$part } from "./Page.part.ts";
import { validate as validateWebhookEventLog$known } from "./WebhookEventLog.known.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  const evaluated1 = new Set();
  if (!trackPage$part(value, problems, at, evaluated1) && !problems) return false;
  if (isObject(value)) {
    const value1 = value.content;
    if (value1 !== undefined) {
      if (Array.isArray(value1)) {
        for (let index1 = 0; index1 < value1.length; index1++) {
          const value2 = value1[index1];
          if (!validateWebhookEventLog$known(value2, problems, problems && `${at}/content/${index1}`) && !problems) return false;
        }
      } else if (fail(problems, `${at}/content`, "type", "array")) return false;
      evaluated1.add("content");
    } else if (fail(problems, `${at}/content`, "required")) return false;
  } else if (fail(problems, at, "type", "object")) return false;
  if (isObject(value)) for (const name5 of Object.keys(value)) {
    if (!evaluated1.has(name5)) {
      if (fail(problems, `${at}/${pointerKey(name5)}`, "unevaluatedProperties")) return false;
      evaluated1.add(name5);
    }
  }
  return problems?.length === start;
}
