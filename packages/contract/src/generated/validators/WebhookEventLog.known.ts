// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isDay, isObject, pointerKey } from "../../validation/runtime.ts";
import { dateTime } from "./string-formats.ts";
import { validate as validateAnyWebhookEventLogStatus$known } from "./AnyWebhookEventLogStatus.known.ts";
import { validate as validateUserInfo$known } from "./UserInfo.known.ts";

const names1 = /* @__PURE__ */ new Set(["id","version","creationDate","lastModifiedDate","createdUserInfo","lastModifiedUserInfo","status","webhookId","attemptStartDate","url","eventType","requestHeaders","requestBody","responseStatusCode","responseHeaders","responseTimeSec","retryCount","requestId"]);

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.id;
    if (value1 !== undefined) {
      if (typeof value1 !== "string" && fail(problems, `${at}/id`, "type", "string")) return false;
    } else if (fail(problems, `${at}/id`, "required")) return false;
    const value2 = value.version;
    if (value2 !== undefined) {
      if (!Number.isInteger(value2) && fail(problems, `${at}/version`, "type", "integer")) return false;
    } else if (fail(problems, `${at}/version`, "required")) return false;
    const value3 = value.creationDate;
    if (value3 !== undefined) {
      if (typeof value3 === "string") {
        if (!(dateTime.test(value3) && isDay(value3)) && fail(problems, `${at}/creationDate`, "format", "date-time")) return false;
      } else if (fail(problems, `${at}/creationDate`, "type", "string")) return false;
    }
    const value4 = value.lastModifiedDate;
    if (value4 !== undefined) {
      if (typeof value4 === "string") {
        if (!(dateTime.test(value4) && isDay(value4)) && fail(problems, `${at}/lastModifiedDate`, "format", "date-time")) return false;
      } else if (fail(problems, `${at}/lastModifiedDate`, "type", "string")) return false;
    }
    const value5 = value.createdUserInfo;
    if (value5 !== undefined) {
      if (!validateUserInfo$known(value5, problems, problems && `${at}/createdUserInfo`) && !problems) return false;
    }
    const value6 = value.lastModifiedUserInfo;
    if (value6 !== undefined) {
      if (!validateUserInfo$known(value6, problems, problems && `${at}/lastModifiedUserInfo`) && !problems) return false;
    }
    const value7 = value.status;
    if (value7 !== undefined) {
      if (!validateAnyWebhookEventLogStatus$known(value7, problems, problems && `${at}/status`) && !problems) return false;
    } else if (fail(problems, `${at}/status`, "required")) return false;
    const value8 = value.webhookId;
    if (value8 !== undefined) {
      if (typeof value8 !== "string" && fail(problems, `${at}/webhookId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/webhookId`, "required")) return false;
    const value9 = value.attemptStartDate;
    if (value9 !== undefined) {
      if (typeof value9 === "string") {
        if (!(dateTime.test(value9) && isDay(value9)) && fail(problems, `${at}/attemptStartDate`, "format", "date-time")) return false;
      } else if (fail(problems, `${at}/attemptStartDate`, "type", "string")) return false;
    }
    const value10 = value.url;
    if (value10 !== undefined) {
      if (typeof value10 !== "string" && fail(problems, `${at}/url`, "type", "string")) return false;
    }
    const value11 = value.eventType;
    if (value11 !== undefined) {
      if (typeof value11 !== "string" && fail(problems, `${at}/eventType`, "type", "string")) return false;
    }
    const value12 = value.requestHeaders;
    if (value12 !== undefined) {
      if (!isObject(value12) && fail(problems, `${at}/requestHeaders`, "type", "object")) return false;
    }
    const value13 = value.requestBody;
    if (value13 !== undefined) {
      if (typeof value13 !== "string" && fail(problems, `${at}/requestBody`, "type", "string")) return false;
    }
    const value14 = value.responseStatusCode;
    if (value14 !== undefined) {
      if (Number.isInteger(value14)) {
        if (value14 < -2147483648 && fail(problems, `${at}/responseStatusCode`, "minimum", -2147483648)) return false;
        if (value14 > 2147483647 && fail(problems, `${at}/responseStatusCode`, "maximum", 2147483647)) return false;
      } else if (fail(problems, `${at}/responseStatusCode`, "type", "integer")) return false;
    }
    const value15 = value.responseHeaders;
    if (value15 !== undefined) {
      if (!isObject(value15) && fail(problems, `${at}/responseHeaders`, "type", "object")) return false;
    }
    const value16 = value.responseTimeSec;
    if (value16 !== undefined) {
      if (!Number.isFinite(value16) && fail(problems, `${at}/responseTimeSec`, "type", "number")) return false;
    }
    const value17 = value.retryCount;
    if (value17 !== undefined) {
      if (Number.isInteger(value17)) {
        if (value17 < -2147483648 && fail(problems, `${at}/retryCount`, "minimum", -2147483648)) return false;
        if (value17 > 2147483647 && fail(problems, `${at}/retryCount`, "maximum", 2147483647)) return false;
      } else if (fail(problems, `${at}/retryCount`, "type", "integer")) return false;
    }
    const value18 = value.requestId;
    if (value18 !== undefined) {
      if (typeof value18 !== "string" && fail(problems, `${at}/requestId`, "type", "string")) return false;
    }
    for (const name6 of Object.keys(value)) {
      if (!names1.has(name6)) {
        if (fail(problems, `${at}/${pointerKey(name6)}`, "additionalProperties")) return false;
      }
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
