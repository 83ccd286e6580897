import { errorNameOf } from "../../../../packages/client/src/statuses.ts";
import { isSuccess, type Model, type Operation } from "../model.ts";
import { pascalCase } from "../names.ts";
import { BANNER, docComment, literal } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** The client's resources: an interface for each, and the calls behind their methods. */
export const resources: Emitter = {
  package: "client",
  files: (model) => ({ "resources.ts": emit(model) }),
};

function emit(model: Model): string {
  const typeName = (resource: string) => `${pascalCase(resource)}Resource`;
  const interfaces = model.resources.map(
    ({ name, description, operations }) => `
${docComment("", description)}export interface ${typeName(name)} {
${operations.map(emitSignature).join("\n")}}
`,
  );
  const properties = model.resources.map(
    ({ name, description }) => `${docComment("  ", description)}  readonly ${name}: ${typeName(name)};\n`,
  );
  const values = model.resources.map(
    ({ name, operations }) => `    this.${name} = {\n${operations.map(emitCall).join("")}    };\n`,
  );
  return `${BANNER}import type * as Contract from "@mindbridge-sdk/contract";
import type { APIPromise, RequestFunction, RequestOptions } from "../resource.ts";
${interfaces.join("")}
/** What the client offers, by resource. */
export class Resources {
${properties.join("")}
  constructor(request: RequestFunction) {
${values.join("")}  }
}
`;
}

function emitSignature(operation: Operation): string {
  const { name, pathParameters, body, responses } = operation;
  const successes = responses.filter(isSuccess);
  const resultTypes = new Set(successes.map(({ type }) => (type === undefined ? "undefined" : `Contract.${type}`)));
  const result = [...resultTypes].join(" | ") || "undefined";
  const parameters = [
    ...pathParameters.map((parameter) => `${parameter.name}: ${parameter.type}`),
    // TypeScript takes no optional parameter before a required one.
    ...(body ? [bodyParameter(operation, body)] : []),
    optionsParameter(operation),
  ];
  const returns = successes.map(({ description }) => description).join(" Or: ");
  return `${methodComment(operation, returns)}  ${name}(${parameters.join(", ")}): APIPromise<${result}>;\n`;
}

function emitCall({ id, name, method, path, pathParameters, body, responses }: Operation): string {
  const names = pathParameters.map((parameter) => parameter.name);
  const mayBeEmpty = responses.some((response) => isSuccess(response) && response.type === undefined);
  const input = [
    ...(names.length > 0 ? [`path: { ${names.join(", ")} }`] : []),
    ...(body ? ["body"] : []),
    ...(mayBeEmpty ? ["empty: true"] : []),
  ];
  const request = [literal(id), literal(method), literal(path), `{ ${input.join(", ")} }`, "options"].join(", ");
  return `      ${name}: (${[...names, ...(body ? ["body"] : []), "options"].join(", ")}) => request(${request}),\n`;
}

function needsOptions({ query, headers }: Operation): boolean {
  return query?.required === true || headers?.required === true;
}

function bodyParameter(operation: Operation, body: NonNullable<Operation["body"]>): string {
  const type = `Contract.${body.type}`;
  if (body.required) return `body: ${type}`;
  return needsOptions(operation) ? `body: ${type} | undefined` : `body?: ${type}`;
}

function optionsParameter(operation: Operation): string {
  const { query, headers } = operation;
  const extra = [
    ...(query ? [query.required ? `query: Contract.${query.type}` : `query?: Contract.${query.type} | undefined`] : []),
    ...(headers
      ? [headers.required ? `headers: Contract.${headers.type}` : `headers?: Contract.${headers.type} | undefined`]
      : []),
  ];
  const type = extra.length > 0 ? `RequestOptions & { ${extra.join("; ")} }` : "RequestOptions";
  return `options${needsOptions(operation) ? "" : "?"}: ${type}`;
}

function methodComment(operation: Operation, returns: string): string {
  const { summary, description, method, path, source, pathParameters, body, responses, deprecated, query } = operation;
  const failures = responses.filter((response) => !isSuccess(response));
  return docComment(
    "  ",
    summary,
    description,
    `\`${method} ${path}\`${source === undefined ? "" : `, from: ${source}.`}`,
    ...pathParameters.map((parameter) => `@param ${parameter.name} ${parameter.description}`),
    ...(body ? [`@param body ${body.description}`] : []),
    `@param options For this call only${query ? "; the query parameters are in `options.query`" : ""}.`,
    `@returns ${returns}`,
    ...failures.map(({ status, description: when }) => `@throws {${errorNameOf(status)}} ${status}: ${when}`),
    ...(deprecated ? ["@deprecated The contract says that this operation will go."] : []),
  );
}
