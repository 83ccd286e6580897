import { type Document, isAnnotation, keywordsOf } from "@mindbridge-sdk/openapi";
import { ERROR_NAMES } from "../../../../packages/client/src/statuses.ts";
import type { Model, Operation } from "../model.ts";
import { pascalCase } from "../names.ts";
import { BANNER, docComment, importLine } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** For each operation whose errors have bodies in the document: a type of what it throws. */
export const errors: Emitter = {
  package: "client",
  files: (model) => ({ "errors.ts": emit(model) }),
  exports: ({ document, operations }) =>
    operations
      .filter((operation) => errorBodies(document, operation).size > 0)
      .map((operation) => ({
        name: errorTypeOf(operation),
        what: `the errors of \`${operation.id}\``,
        pointer: operation.pointer,
      })),
};

/** The classes for a status of an error. `APIError` stands for any status without a class of its own. */
const CLASSES = [
  "APIError",
  ...Object.entries(ERROR_NAMES).flatMap(([status, name]) => (/^[45]/.test(status) ? name : [])),
];

export function errorTypeOf({ id }: Operation): string {
  return `${pascalCase(id)}Error`;
}

function emit({ document, operations }: Model): string {
  const typed = operations
    .map((operation) => ({ operation, bodies: errorBodies(document, operation) }))
    .filter(({ bodies }) => bodies.size > 0);
  if (typed.length === 0) return `${BANNER}export {};\n`;
  const types = typed.map(({ operation, bodies }) => {
    const text = `What \`${operation.id}\` throws. \`instanceof\` narrows its \`body\` to what the contract declares.`;
    const members = CLASSES.map((name) => {
      const known = name === "APIError" ? "OtherAPIError" : name;
      const body = bodies.get(name);
      return `\n  | ${body ? `WithBody<${known}, ${body.join(" | ")}>` : known}`;
    });
    return `\n${docComment("", text)}export type ${errorTypeOf(operation)} =\n  | CallError${members.join("")};\n`;
  });
  const used = [...CLASSES.filter((name) => name !== "APIError"), "CallError", "OtherAPIError", "WithBody"];
  return `${BANNER}import type * as Contract from "@mindbridge-sdk/contract";
${importLine("import type", used, "../errors.ts")}${types.join("")}`;
}

/**
 * The types of the bodies of an operation's errors by the class that the client throws. A class whose status the document does not
 * declare, or declares without saying what the body holds, is left out.
 */
export function errorBodies(document: Document, { responses }: Operation): ReadonlyMap<string, string[]> {
  const byStatus = new Map(responses.map((response) => [response.status, response]));
  const declared = (status: string) =>
    byStatus.get(status) ?? byStatus.get(`${status[0]}XX`) ?? byStatus.get("default");
  const statuses = [...byStatus.keys()];
  const classes = Object.entries<string>(ERROR_NAMES).filter(([status]) => /^[45]/.test(status));
  const all = [...classes, ["default", "APIError"] as const].flatMap(([status, name]): [string, string[]][] => {
    const ofRange = status.endsWith("XX") ? statuses.filter((each) => each.startsWith(status.charAt(0))) : [];
    const found = [...new Set([...ofRange.map((each) => byStatus.get(each)), declared(status)])].flatMap(
      (each) => each ?? [],
    );
    const types = found.map(({ kind, type, schema }) =>
      kind === "json" && type !== undefined && saysSomething(document, schema) ? `Contract.${type}` : undefined,
    );
    // Where one of its statuses has any body, the class has.
    return types.length === 0 || types.includes(undefined)
      ? []
      : [[name, [...new Set(types.flatMap((each) => each ?? []))]]];
  });
  return new Map(all);
}

/** Whether a schema says what a body holds, beyond that it is an object. */
function saysSomething(document: Document, schema: Parameters<typeof keywordsOf>[1]): boolean {
  const { type, ...others } = keywordsOf(document, schema);
  const isBare = Object.keys(others).every(isAnnotation);
  return !isBare || (type !== undefined && type !== "object");
}
