// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isDay, isObject } from "../../validation/runtime.ts";
import { dateTime } from "./string-formats.ts";

const names1 = /* @__PURE__ */ new Set(["type","eventId","timestamp","senderId","tenantId","userId","data"]);

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.type;
    if (value1 !== undefined) {
      if (typeof value1 !== "string" && fail(problems, `${at}/type`, "type", "string")) return false;
    } else if (fail(problems, `${at}/type`, "required")) return false;
    const value2 = value.eventId;
    if (value2 !== undefined) {
      if (typeof value2 !== "string" && fail(problems, `${at}/eventId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/eventId`, "required")) return false;
    const value3 = value.timestamp;
    if (value3 !== undefined) {
      if (typeof value3 === "string") {
        if (!(dateTime.test(value3) && isDay(value3)) && fail(problems, `${at}/timestamp`, "format", "date-time")) return false;
      } else if (fail(problems, `${at}/timestamp`, "type", "string")) return false;
    } else if (fail(problems, `${at}/timestamp`, "required")) return false;
    const value4 = value.senderId;
    if (value4 !== undefined) {
      if (typeof value4 !== "string" && fail(problems, `${at}/senderId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/senderId`, "required")) return false;
    const value5 = value.tenantId;
    if (value5 !== undefined) {
      if (typeof value5 !== "string" && fail(problems, `${at}/tenantId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/tenantId`, "required")) return false;
    const value6 = value.userId;
    if (value6 !== undefined) {
      if (typeof value6 !== "string" && fail(problems, `${at}/userId`, "type", "string")) return false;
    }
    const value7 = value.data;
    if (value7 !== undefined) {
      if (!isObject(value7) && fail(problems, `${at}/data`, "type", "object")) return false;
    } else if (fail(problems, `${at}/data`, "required")) return false;
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
