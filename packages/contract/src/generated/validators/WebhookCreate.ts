// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { codePoints, fail, isObject, pointerKey } from "../../validation/runtime.ts";
import { validate as validateWebhookEvent } from "./WebhookEvent.ts";

const values1 = /* @__PURE__ */ new Set(["ACTIVE","INACTIVE"]);

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.name;
    if (value1 !== undefined) {
      if (typeof value1 === "string") {
        if (codePoints(value1) < 1 && fail(problems, `${at}/name`, "minLength", 1)) return false;
      } else if (fail(problems, `${at}/name`, "type", "string")) return false;
    } else if (fail(problems, `${at}/name`, "required")) return false;
    const value2 = value.url;
    if (value2 !== undefined) {
      if (typeof value2 === "string") {
        if (codePoints(value2) < 1 && fail(problems, `${at}/url`, "minLength", 1)) return false;
      } else if (fail(problems, `${at}/url`, "type", "string")) return false;
    } else if (fail(problems, `${at}/url`, "required")) return false;
    const value3 = value.technicalContactId;
    if (value3 !== undefined) {
      if (typeof value3 !== "string" && fail(problems, `${at}/technicalContactId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/technicalContactId`, "required")) return false;
    const value4 = value.events;
    if (value4 !== undefined) {
      if (Array.isArray(value4)) {
        if (value4.length < 1 && fail(problems, `${at}/events`, "minItems", 1)) return false;
        if (value4.length > 2147483647 && fail(problems, `${at}/events`, "maxItems", 2147483647)) return false;
        for (let index1 = 0; index1 < value4.length; index1++) {
          const value5 = value4[index1];
          if (!validateWebhookEvent(value5, problems, problems && `${at}/events/${index1}`) && !problems) return false;
        }
      } else if (fail(problems, `${at}/events`, "type", "array")) return false;
    } else if (fail(problems, `${at}/events`, "required")) return false;
    const value6 = value.status;
    if (value6 !== undefined) {
      if (!values1.has(value6) && fail(problems, `${at}/status`, "enum", values1)) return false;
    } else if (fail(problems, `${at}/status`, "required")) return false;
    for (const name4 of Object.keys(value)) {
      if (name4 !== "name" && name4 !== "url" && name4 !== "technicalContactId" && name4 !== "events" && name4 !== "status") {
        if (fail(problems, `${at}/${pointerKey(name4)}`, "additionalProperties")) return false;
      }
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
