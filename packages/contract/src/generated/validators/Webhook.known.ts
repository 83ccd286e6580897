// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isDay, isObject, pointerKey } from "../../validation/runtime.ts";
import { dateTime } from "./string-formats.ts";
import { validate as validateAnyWebhookEvent$known } from "./AnyWebhookEvent.known.ts";
import { validate as validateAnyWebhookStatus$known } from "./AnyWebhookStatus.known.ts";
import { validate as validateUserInfo$known } from "./UserInfo.known.ts";

const names1 = /* @__PURE__ */ new Set(["id","version","creationDate","lastModifiedDate","createdUserInfo","lastModifiedUserInfo","name","url","technicalContactId","events","publicKey","status","keyGenerationTimestamp"]);

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
    const value7 = value.name;
    if (value7 !== undefined) {
      if (typeof value7 !== "string" && fail(problems, `${at}/name`, "type", "string")) return false;
    } else if (fail(problems, `${at}/name`, "required")) return false;
    const value8 = value.url;
    if (value8 !== undefined) {
      if (typeof value8 !== "string" && fail(problems, `${at}/url`, "type", "string")) return false;
    } else if (fail(problems, `${at}/url`, "required")) return false;
    const value9 = value.technicalContactId;
    if (value9 !== undefined) {
      if (typeof value9 !== "string" && fail(problems, `${at}/technicalContactId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/technicalContactId`, "required")) return false;
    const value10 = value.events;
    if (value10 !== undefined) {
      if (Array.isArray(value10)) {
        for (let index1 = 0; index1 < value10.length; index1++) {
          const value11 = value10[index1];
          if (!validateAnyWebhookEvent$known(value11, problems, problems && `${at}/events/${index1}`) && !problems) return false;
        }
      } else if (fail(problems, `${at}/events`, "type", "array")) return false;
    } else if (fail(problems, `${at}/events`, "required")) return false;
    const value12 = value.publicKey;
    if (value12 !== undefined) {
      if (typeof value12 !== "string" && fail(problems, `${at}/publicKey`, "type", "string")) return false;
    } else if (fail(problems, `${at}/publicKey`, "required")) return false;
    const value13 = value.status;
    if (value13 !== undefined) {
      if (!validateAnyWebhookStatus$known(value13, problems, problems && `${at}/status`) && !problems) return false;
    } else if (fail(problems, `${at}/status`, "required")) return false;
    const value14 = value.keyGenerationTimestamp;
    if (value14 !== undefined) {
      if (typeof value14 === "string") {
        if (!(dateTime.test(value14) && isDay(value14)) && fail(problems, `${at}/keyGenerationTimestamp`, "format", "date-time")) return false;
      } else if (fail(problems, `${at}/keyGenerationTimestamp`, "type", "string")) return false;
    }
    for (const name5 of Object.keys(value)) {
      if (!names1.has(name5)) {
        if (fail(problems, `${at}/${pointerKey(name5)}`, "additionalProperties")) return false;
      }
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
