// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { fail, isObject, pointerKey } from "../../validation/runtime.ts";
import { validate as validatePageSort$known } from "./PageSort.known.ts";

const names1 = /* @__PURE__ */ new Set(["pageNumber","pageSize","number","size","numberOfElements","totalElements","totalPages","first","last","sort","pageable"]);

export function track(value: any, problems?: Problem[], at = "", evaluated?: Set<string | number>): boolean {
  const start = problems?.length;
  if (isObject(value)) {
    const value1 = value.pageNumber;
    if (value1 !== undefined) {
      if (!Number.isInteger(value1) && fail(problems, `${at}/pageNumber`, "type", "integer")) return false;
      evaluated.add("pageNumber");
    }
    const value2 = value.pageSize;
    if (value2 !== undefined) {
      if (!Number.isInteger(value2) && fail(problems, `${at}/pageSize`, "type", "integer")) return false;
      evaluated.add("pageSize");
    }
    const value3 = value.number;
    if (value3 !== undefined) {
      if (!Number.isInteger(value3) && fail(problems, `${at}/number`, "type", "integer")) return false;
      evaluated.add("number");
    } else if (fail(problems, `${at}/number`, "required")) return false;
    const value4 = value.size;
    if (value4 !== undefined) {
      if (!Number.isInteger(value4) && fail(problems, `${at}/size`, "type", "integer")) return false;
      evaluated.add("size");
    }
    const value5 = value.numberOfElements;
    if (value5 !== undefined) {
      if (!Number.isInteger(value5) && fail(problems, `${at}/numberOfElements`, "type", "integer")) return false;
      evaluated.add("numberOfElements");
    }
    const value6 = value.totalElements;
    if (value6 !== undefined) {
      if (!Number.isInteger(value6) && fail(problems, `${at}/totalElements`, "type", "integer")) return false;
      evaluated.add("totalElements");
    } else if (fail(problems, `${at}/totalElements`, "required")) return false;
    const value7 = value.totalPages;
    if (value7 !== undefined) {
      if (!Number.isInteger(value7) && fail(problems, `${at}/totalPages`, "type", "integer")) return false;
      evaluated.add("totalPages");
    } else if (fail(problems, `${at}/totalPages`, "required")) return false;
    const value8 = value.first;
    if (value8 !== undefined) {
      if (typeof value8 !== "boolean" && fail(problems, `${at}/first`, "type", "boolean")) return false;
      evaluated.add("first");
    }
    const value9 = value.last;
    if (value9 !== undefined) {
      if (typeof value9 !== "boolean" && fail(problems, `${at}/last`, "type", "boolean")) return false;
      evaluated.add("last");
    } else if (fail(problems, `${at}/last`, "required")) return false;
    const value10 = value.sort;
    if (value10 !== undefined) {
      if (!validatePageSort$known(value10, problems, problems && `${at}/sort`) && !problems) return false;
      evaluated.add("sort");
    }
    const value11 = value.pageable;
    if (value11 !== undefined) {
      if (isObject(value11)) {
        const value12 = value11.pageNumber;
        if (value12 !== undefined) {
          if (!Number.isInteger(value12) && fail(problems, `${at}/pageable/pageNumber`, "type", "integer")) return false;
        }
        const value13 = value11.pageSize;
        if (value13 !== undefined) {
          if (!Number.isInteger(value13) && fail(problems, `${at}/pageable/pageSize`, "type", "integer")) return false;
        }
        const value14 = value11.offset;
        if (value14 !== undefined) {
          if (!Number.isInteger(value14) && fail(problems, `${at}/pageable/offset`, "type", "integer")) return false;
        }
        const value15 = value11.sort;
        if (value15 !== undefined) {
          if (!validatePageSort$known(value15, problems, problems && `${at}/pageable/sort`) && !problems) return false;
        }
        for (const name3 of Object.keys(value11)) {
          if (name3 !== "pageNumber" && name3 !== "pageSize" && name3 !== "offset" && name3 !== "sort") {
            if (fail(problems, `${at}/pageable/${pointerKey(name3)}`, "additionalProperties")) return false;
          }
        }
      } else if (fail(problems, `${at}/pageable`, "type", "object")) return false;
      evaluated.add("pageable");
    }
  } else if (fail(problems, at, "type", "object")) return false;
  return problems?.length === start;
}
