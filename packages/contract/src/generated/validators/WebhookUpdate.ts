// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { codePoints, fail, isObject, pointerKey } from "../../validation/runtime.ts";

const names1 = /* @__PURE__ */ new Set(["version","name","url","technicalContactId","events","status"]);

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.version;
    if (value1 !== undefined) {
      if (!Number.isInteger(value1) && fail(problems, `${at}/version`, "type", "integer")) return false;
    } else if (fail(problems, `${at}/version`, "required")) return false;
    const value2 = value.name;
    if (value2 !== undefined) {
      if (typeof value2 === "string") {
        if (codePoints(value2) < 1 && fail(problems, `${at}/name`, "minLength", 1)) return false;
      } else if (fail(problems, `${at}/name`, "type", "string")) return false;
    } else if (fail(problems, `${at}/name`, "required")) return false;
    const value3 = value.url;
    if (value3 !== undefined) {
      if (typeof value3 === "string") {
        if (codePoints(value3) < 1 && fail(problems, `${at}/url`, "minLength", 1)) return false;
      } else if (fail(problems, `${at}/url`, "type", "string")) return false;
    } else if (fail(problems, `${at}/url`, "required")) return false;
    const value4 = value.technicalContactId;
    if (value4 !== undefined) {
      if (typeof value4 !== "string" && fail(problems, `${at}/technicalContactId`, "type", "string")) return false;
    } else if (fail(problems, `${at}/technicalContactId`, "required")) return false;
    const value5 = value.events;
    if (value5 !== undefined) {
      if (Array.isArray(value5)) {
        if (value5.length < 1 && fail(problems, `${at}/events`, "minItems", 1)) return false;
        if (value5.length > 2147483647 && fail(problems, `${at}/events`, "maxItems", 2147483647)) return false;
        for (let index1 = 0; index1 < value5.length; index1++) {
          const value6 = value5[index1];
          if (typeof value6 !== "string" && fail(problems, `${at}/events/${index1}`, "type", "string")) return false;
        }
      } else if (fail(problems, `${at}/events`, "type", "array")) return false;
    } else if (fail(problems, `${at}/events`, "required")) return false;
    const value7 = value.status;
    if (value7 !== undefined) {
      if (typeof value7 !== "string" && fail(problems, `${at}/status`, "type", "string")) return false;
    } else if (fail(problems, `${at}/status`, "required")) return false;
    for (const name3 of Object.keys(value)) {
      if (!names1.has(name3)) {
        if (fail(problems, `${at}/${pointerKey(name3)}`, "additionalProperties")) return false;
      }
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
