import { readFileSync } from "node:fs";
import {
  allOfParts,
  BASES,
  childrenOf,
  type Delivery,
  type Document,
  deliveriesOf,
  exchangesOf,
  jsonContent,
  keysOf,
  type Operation,
  operationsOf,
  parameterName,
  propertyPointer,
  propertySchema,
  rootsOf,
  type Schema,
} from "@mindbridge-sdk/openapi";
import ts from "typescript";
import { checkDiscriminators } from "./check-discriminators.ts";
import { checkExamples, checkReferencesInValues } from "./check-examples.ts";
import { checkRequired } from "./check-required.ts";
import { checkSamples } from "./check-samples.ts";
import { checkSchemas, type Finding } from "./check-schemas.ts";
import { COMMAND_NAMES } from "./command-names.ts";
import { flagsOf } from "./emit/commands.ts";
import { exportsOf } from "./emit/index.ts";
import { readModel } from "./model.ts";
import { argumentName, camelCase, isFixtureName, kebabCase, pascalCase } from "./names.ts";
import { normalize } from "./normalize.ts";

/** Finds the problems of a whole document whose parts are valid: the rules look at each part alone. */
export function checkDocument(document: Document): Finding[] {
  const findings = [
    ...checkMethodNames(document),
    ...checkSchemas(document),
    ...checkDiscriminators(document),
    ...checkPagination(document),
    ...checkParameterDepth(document),
    ...checkArguments(document),
    ...checkPathParameters(document),
    ...checkReferencesInValues(document),
  ];
  if (findings.length > 0) return findings;
  const required = checkRequired(document);
  if (required.some(isError)) return required.filter(isError);
  const normalized = normalize(document).document;
  const wrong = [...checkDeliveryTypes(normalized), ...checkExamples(document)];
  if (wrong.length > 0) return wrong;
  return [
    ...required,
    ...checkSamples(document),
    ...checkExportedNames(document),
    ...checkFixtureNames(normalized),
    ...checkFlags(document),
    ...checkCommandNames(document),
    ...checkSources(document),
  ];
}

const isError = ({ severity }: Finding): boolean => severity === undefined;

/** No two operations are one method, and none is a resource as well. */
function checkMethodNames(document: Document): Finding[] {
  const operations = operationsOf(document);
  const seen = new Map<string, string>();
  const resources = new Map(
    operations.flatMap(({ id, resource }) =>
      resource.split(".").map((_, index, words) => [words.slice(0, index + 1).join("."), id] as const),
    ),
  );
  const types = Map.groupBy(resources.keys(), pascalCase);
  return operations.flatMap(({ id, resource, pointer, object }): Finding[] => {
    const finding = (message: string): Finding => ({
      rule: "method-names",
      message: `${message} Give one of the operations an \`x-method-name\` of its own.`,
      pointer: `${pointer}/${object["x-method-name"] === undefined ? "operationId" : "x-method-name"}`,
    });
    const [own, other] = [object.operationId ?? id, seen.get(id)];
    seen.set(id, own);
    const within = resources.get(id);
    const [alike = resource] = types.get(pascalCase(resource)) ?? [];
    return [
      ...(other === undefined ? [] : [finding(`\`${own}\` and \`${other}\` would both be the method \`${id}\`.`)]),
      ...(within === undefined ? [] : [finding(`\`${id}\` would be a method, and the resource of \`${within}\`.`)]),
      ...(alike === resource
        ? []
        : [finding(`The resources \`${resource}\` and \`${alike}\` would have types of one name.`)]),
    ];
  });
}

/** Each delivery has a `type` in its body, and no two have the same. */
function checkDeliveryTypes(document: Document): Finding[] {
  const seen = new Map<string, string>();
  return deliveriesOf(document).flatMap(({ name, method, types, pointer }) => {
    const finding = (message: string): Finding => ({ rule: "delivery-type", message, pointer });
    if (method !== "post") {
      return finding(
        `The receiver takes deliveries by POST, and \`${name}\` comes by ${method.toUpperCase()}. Describe it as \`post\`.`,
      );
    }
    if (types.length === 0) {
      return finding(
        `The delivery \`${name}\` does not say what its \`type\` is. Give the \`type\` property of its JSON body a \`const\`, such as \`analysis.completed\`.`,
      );
    }
    return types.flatMap((type) => {
      const other = seen.get(type);
      seen.set(type, name);
      return other === undefined
        ? []
        : finding(`\`${name}\` and \`${other}\` both have the type \`${type}\`. Give each delivery its own.`);
    });
  });
}

/** What a parameter can hold, of which the client can make a text: values, and in some places lists or objects of values. */
const DEPTHS: Readonly<Record<string, readonly string[]>> = { query: ["array", "object"], header: ["array"], path: [] };

/** What a parameter holds in the styles that are for that alone: OpenAPI has no list as a `deepObject`, and Prism reads no delimited object. */
const HELD_IN: Readonly<Record<string, string>> = {
  spaceDelimited: "array",
  pipeDelimited: "array",
  deepObject: "object",
};

/** The client can write what a parameter holds. */
function checkParameterDepth(document: Document): Finding[] {
  const kindOf = (schema: Schema): string | undefined => {
    const parts = allOfParts(document, schema).map(({ value }) => value);
    const types = new Set(parts.flatMap(({ type = [] }) => type));
    if (types.has("object") || parts.some(({ properties }) => properties)) return "object";
    return types.has("array") ? "array" : undefined;
  };
  return operationsOf(document).flatMap((operation) =>
    rootsOf(document, operation).flatMap((root): Finding[] => {
      const [place = "", name = ""] = root.name?.split(" ") ?? [];
      const allowed = root.kind === "parameter" ? DEPTHS[place] : undefined;
      if (allowed === undefined) return [];
      const finding = (pointer: string, holds: string, key?: string): Finding => ({
        rule: "parameter-support",
        message: `The ${place} parameter \`${name}\` holds ${holds}. The client writes ${["a text, a number or a boolean", ...allowed.map((kind) => `${kind === "array" ? "a list" : "an object"} of those`)].join(", ")} there: describe another value as a string, such as JSON${key === undefined || place !== "query" ? "" : `, or as a parameter of its own, \`${name}[${key}]\``}.`,
        pointer,
      });
      const kind = kindOf(root.schema.value);
      if (kind === undefined) return [];
      const nameOf = (each: string): string => (each === "array" ? "a list" : "an object");
      if (!allowed.includes(kind)) return [finding(root.schema.pointer, nameOf(kind))];
      const { style = "form" } = operation.parameters.find((each) => parameterName(each) === root.name) ?? {};
      if (kind !== (HELD_IN[style] ?? kind)) {
        const message = `The client writes ${nameOf(HELD_IN[style] ?? "")} in the style \`${style}\`, and \`${name}\` is ${nameOf(kind)}. Describe it in the style ${kind === "array" ? "`form`" : "`deepObject` or `form`"}.`;
        return [{ rule: "parameter-support", message, pointer: root.schema.pointer.replace(/schema$/, "style") }];
      }
      return allOfParts(document, root.schema.value, root.schema.pointer)
        .flatMap(childrenOf)
        .filter(({ keyword }) => ["items", "properties", "additionalProperties"].includes(keyword))
        .filter(({ value }) => kindOf(value) !== undefined)
        .map(({ pointer, key }) =>
          finding(pointer, key === undefined ? "lists or objects in it" : `a list or an object as \`${key}\``, key),
        );
    }),
  );
}

/** No two path parameters of an operation have one name as arguments of its method. */
function checkArguments(document: Document): Finding[] {
  return operationsOf(document).flatMap(({ parameters, pointer }) => {
    const names = parameters.filter((each) => each.in === "path").map(({ name }) => name);
    const alike = [...Map.groupBy(names, argumentName)].filter(([, all]) => all.length > 1);
    return alike.map(([name, all]) => ({
      rule: "parameter-support",
      message: `The path parameters ${all.map((each) => `\`${each}\``).join(" and ")} would both be the argument \`${name}\` of the method. Rename one of them, also in the path.`,
      pointer,
    }));
  });
}

/** OpenAPI 3.1 has it that a path parameter says it is required. */
function checkPathParameters(document: Document): Finding[] {
  const found = operationsOf(document).flatMap((operation) =>
    operation.parameters
      .filter((each) => each.in === "path" && each.required !== true)
      .map(({ name, required }): Finding => {
        const place = placeOfParameter(document, operation, `path ${name}`);
        return {
          rule: "path-parameter-required",
          message: `The path parameter \`${name}\` does not say \`required: true\`, which OpenAPI asks of every path parameter. ${required === undefined ? "Add it." : "Correct it."}`,
          pointer: required === undefined ? place : `${place}/required`,
        };
      }),
  );
  // Operations may share a parameter.
  return [...new Map(found.map((finding) => [finding.pointer, finding])).values()];
}

/**
 * Where a parameter of an operation stands: in the operation, in its path, or among the components.
 *
 * @param name Such as `query page`.
 */
function placeOfParameter(document: Document, operation: Operation, name: string): string {
  const root = rootsOf(document, operation).find((each) => each.kind === "parameter" && each.name === name);
  return root?.schema.pointer.replace(/\/schema$/, "") ?? operation.pointer;
}

/** `x-pagination` names a query parameter of its operation, and properties of its response. */
function checkPagination(document: Document): Finding[] {
  return operationsOf(document).flatMap((operation) => {
    const { "x-pagination": pagination } = operation.object;
    if (pagination === undefined) return [];
    const pointer = `${operation.pointer}/x-pagination`;
    const finding = (message: string): Finding => ({ rule: "pagination", message, pointer });
    const { style, parameter, ...properties } = pagination;
    const due = { page: ["items", "last"], cursor: ["items", "next"] }[style as string];
    if (due === undefined) return finding("Give it the `style` `page`, for numbers, or `cursor`.");
    const known = [...due, ...(style === "page" ? ["total"] : [])];
    const parameters = operation.parameters.filter((each) => each.in === "query").map(({ name }) => name);
    const page = schemaOfSuccess(operation);
    return [
      ...(parameters.includes(parameter)
        ? []
        : [finding(`\`parameter\` names no query parameter of \`${operation.id}\`.`)]),
      ...due.filter((key) => !(key in properties)).map((key) => finding(`Name the property \`${key}\` of a page.`)),
      ...Object.entries(properties).flatMap(([key, name]) => {
        if (!known.includes(key)) return finding(`\`${key}\` is no part of it. It has ${known.join(", ")}.`);
        const property = propertySchema(document, page, keysOf(propertyPointer(name)));
        if (property === undefined)
          return finding(
            `\`${key}\` names no property of the response of \`${operation.id}\`. One inside another has the names of both, such as \`meta.next\`, or a JSON Pointer.`,
          );
        return key === "next" && isUrl(document, property)
          ? finding(
              `\`${name}\` is a URL, and the client sends what \`next\` names as \`${parameter}\`. Name a property that holds the cursor alone. If there is none, remove \`x-pagination\`: users then send \`${parameter}\` themselves.`,
            )
          : [];
      }),
    ];
  });
}

/** Whether a schema, or a member of its choice, has the format of a URL. */
function isUrl(document: Document, schema: Schema): boolean {
  return allOfParts(document, schema).some(({ value }) => {
    const members = [...(value.anyOf ?? []), ...(value.oneOf ?? [])];
    return /^(uri|iri|url)(-reference)?$/.test(value.format ?? "") || members.some((each) => isUrl(document, each));
  });
}

function schemaOfSuccess({ responses }: Operation): Schema | undefined {
  const [, response] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  return jsonContent(response)?.schema;
}

/** No two generated things have the same name, and none has that of something that the client exports by hand. */
function checkExportedNames(document: Document): Finding[] {
  const model = readModel(document);
  const taken = [...model.readForms].filter(([sent]) => sent in (document.components?.schemas ?? {}));
  if (taken.length > 0) {
    return taken.map(([sent, read]) => ({
      rule: "exported-names",
      message: `The form of \`${read}\` that is sent, without its \`readOnly\` properties, would be exported as \`${sent}\`, too. Rename one of them.`,
      pointer: `#/components/schemas/${sent}`,
    }));
  }
  const seen = new Map<string, string>();
  const ofClient = exportsOfClient();
  return exportsOf(model).flatMap(({ name, what, pointer, package: from }): Finding[] => {
    const other = seen.get(name);
    if (other !== undefined) {
      const message = `Both ${other} and ${what} would be exported as \`${name}\`. Rename one of them.`;
      return [{ rule: "exported-names", message, pointer }];
    }
    seen.set(name, what);
    if (!ofClient.has(name)) return [];
    const why = `The client exports a \`${name}\` of its own, which hides the type of ${what}.`;
    return from === "contract"
      ? [
          {
            rule: "hidden-types",
            severity: "warning",
            message: `${why} Rename one of them, or ignore this: users then import the type from \`@mindbridge-sdk/contract\`.`,
            pointer,
          },
        ]
      : [{ rule: "exported-names", message: `${why} Give the operation an \`x-method-name\` of its own.`, pointer }];
  });
}

/** What the index of the client exports by its name: these names go before those of `export *`. */
function exportsOfClient(): ReadonlySet<string> {
  const path = new URL("../../../packages/client/src/index.ts", import.meta.url);
  const { statements } = ts.createSourceFile(path.pathname, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  const names = statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
  return new Set(names);
}

/**
 * Each query parameter and header has a flag of the command line: there is no other way to give it there. Without an optional one, the
 * command works, and the client has it anyway.
 */
function checkFlags(source: Document): Finding[] {
  const { document, operations } = readModel(source);
  const places = new Map(operationsOf(source).map((operation) => [operation.pointer, operation]));
  return operations.flatMap((operation) => {
    const own = places.get(operation.pointer);
    const names = flagsOf(document, operation).map(({ in: place, name }) => `${place} ${name}`);
    return operation.parameters
      .filter(({ in: place, name }) => {
        if (place !== "query" && place !== "header") return false;
        return !names.includes(`${place === "query" ? "query" : "headers"} ${name}`);
      })
      .map(({ in: place, name, required, "x-flag-name": given }): Finding => {
        const why =
          given === undefined
            ? "another parameter or property has the same letters and digits, or the name has none"
            : `\`${given}\` has other characters than small letters, digits and single hyphens, or is the name of another flag`;
        return {
          rule: "flag-names",
          message: `The command line has no flag for the ${place} parameter \`${name}\`: ${why}. Give it an \`x-flag-name\` of its own, such as \`created-before\`.`,
          pointer: own
            ? `${placeOfParameter(source, own, `${place} ${name}`)}/${given === undefined ? "name" : "x-flag-name"}`
            : operation.pointer,
          ...(!required && given === undefined && { severity: "warning" }),
        };
      });
  });
}

/** No operation has the name of a command that is written by hand. */
function checkCommandNames(document: Document): Finding[] {
  return readModel(document).operations.flatMap(({ id, resource, name, pointer }) => {
    const words = [kebabCase(resource), kebabCase(name)] as const;
    const [group, command] = words;
    const isTaken = COMMAND_NAMES[""]?.includes(group) || COMMAND_NAMES[group]?.includes(command) || command === "help";
    if (!isTaken) return [];
    return {
      rule: "command-names",
      message: `\`${id}\` would be the command \`mindbridge ${words.join(" ")}\`, and the command line has one of that name. Give the operation an \`x-method-name\` of its own.`,
      pointer: `${pointer}/operationId`,
    };
  });
}

/** Where one operation or delivery says what the vendor publishes of it, and where, the others do. */
function checkSources(document: Document): Finding[] {
  const warn = (some: readonly (Operation | Delivery)[], key: "x-source" | "x-basis", advice: string): Finding[] => {
    const without = some.filter(({ object }) => !object[key]?.trim());
    if (without.length === some.length) return [];
    return without.map(({ pointer }) => ({
      rule: "sources",
      severity: "warning",
      message: `Say in \`${key}\` ${advice}, as the others do.`,
      pointer,
    }));
  };
  return [
    ...warn(exchangesOf(document), "x-source", "where the vendor describes it"),
    ...warn(operationsOf(document), "x-basis", `whether the vendor describes it: ${listOf(Object.keys(BASES))}`),
  ];
}

function listOf(values: readonly string[]): string {
  return values.map((each) => `\`${each}\``).join(" or ");
}

/** The fixture of each type of delivery has a valid name of its own. */
function checkFixtureNames(document: Document): Finding[] {
  const seen = new Map<string, string>();
  return deliveriesOf(document).flatMap(({ types, pointer }) =>
    types.flatMap((type) => {
      const name = camelCase(type);
      const other = seen.get(name);
      seen.set(name, type);
      const finding = (message: string): Finding => ({ rule: "fixture-names", message, pointer });
      if (!isFixtureName(name)) {
        return finding(
          `The fixture of the type \`${type}\` would be called \`deliveries.${name}\`, which is not a valid name. Use a type of letters and digits that begins with a letter, such as \`analysis.completed\`, and is no property of every object.`,
        );
      }
      return other === undefined
        ? []
        : finding(
            `The fixtures of the types \`${type}\` and \`${other}\` would both be called \`deliveries.${name}\`. Correct one of the types, or change how the generator names fixtures (tools/generator/src/names.ts).`,
          );
    }),
  );
}
