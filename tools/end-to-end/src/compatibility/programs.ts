import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  aliasesOf,
  camelCase,
  type Delivery,
  type Enum,
  enumsOf,
  loadDocument,
  type Operation,
  readModel,
  sample,
} from "@mindbridge-sdk/generator";
import { type Document, keywordsOf, type Parameter, type Schema } from "@mindbridge-sdk/openapi";
import { run } from "@mindbridge-sdk/repository/run";
import { compilerOptions } from "../installation.ts";

const COMPILER = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const HAND_WRITTEN = join(import.meta.dirname, "../../programs/compatibility.ts");

/** Programs that users may have written for a document, by their file. */
export type Programs = Readonly<Record<string, string>>;

/** Writes a program that calls each operation of a document, and one that handles each delivery. Both read each field. */
export async function writePrograms(path: string): Promise<Programs> {
  const document = await loadDocument(path);
  const model = readModel(document);
  const { operations, deliveries } = model;
  return {
    "operations.ts": `import type * as Contract from "@mindbridge-sdk/client";
import * as client from "@mindbridge-sdk/client";
import { contract } from "@mindbridge-sdk/client/contract";
${READ}
export type Names = [${aliasesOf(model)
      .map(({ name }) => `Contract.${name}`)
      .join(", ")}];
const validation = process.env.MINDBRIDGE_API_IS_OLDER ? {} : { validate: contract() };
const mindbridge = new client.MindBridge({ baseUrl: process.env.MINDBRIDGE_API_URL ?? "", token: "any-token", ...validation });
${enumsOf(model).map(useEnum).join("")}${operations.map((operation) => useOperation(document, operation)).join("")}`,
    "deliveries.ts": `import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
${READ}
const signer = await createTestSigner();
const handled = new Set<string>();
const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore() })
${deliveries.map((delivery) => useDelivery(document, delivery)).join("")};
for (const event of [${deliveries.flatMap(({ types }) => types.map((type) => `deliveries.${camelCase(type)}()`)).join(", ")}]) {
  await receiver.fetch((await signDelivery(event, { signer })).toRequest("https://hooks.example.com/mindbridge"));
  if (!handled.has(event.type)) throw new Error(\`\${event.type} was not handled.\`);
}
`,
  };
}

/**
 * Compiles programs in a folder that has the packages, and runs them against a mock of the API.
 *
 * @param older A mock of the API as it was. The programs validate nothing there: it need not answer as the packages' document says.
 */
export async function compileAndRun(programs: Programs, folder: string, mock: string, older?: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(programs)) await writeFile(join(folder, file), text);
  await copyFile(HAND_WRITTEN, join(folder, "compatibility.ts"));
  const project = { compilerOptions: { ...compilerOptions("nodenext"), noEmit: true }, include: ["*.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(project));
  await run([process.execPath, COMPILER], { cwd: folder });
  for (const file of [...Object.keys(programs), "compatibility.ts"]) {
    await run([process.execPath, file], { cwd: folder, env: { MINDBRIDGE_API_URL: mock } });
    if (older === undefined) continue;
    await run([process.execPath, file], {
      cwd: folder,
      env: { MINDBRIDGE_API_URL: older, MINDBRIDGE_API_IS_OLDER: "yes" },
    });
  }
}

/** `read<T>(value)` does not compile once the value has another type, and throws if a field that was promised is missing. */
const READ = `
function read<T>(value: T): T {
  if (value === undefined) throw new Error("A field is missing.");
  return value;
}
const readOptional = <T>(value: T | undefined): T | undefined => value;
`;

function useEnum({ name, list, guard, values }: Enum): string {
  return `
for (const value of ${JSON.stringify(values)} satisfies Contract.${name}[]) {
  if (!client.${guard}(value) || !client.${list}.includes(value)) throw new Error(\`\${value} is no longer a ${name}.\`);
}
`;
}

/** Calls the method of an operation with each of its examples, and once by its path. */
function useOperation(document: Document, operation: Operation): string {
  const { id, method, path, pathParameters, query, headers, pages } = operation;
  const params = requiredParameters(document, operation.parameters);
  const pathArguments = pathParameters.map(({ name }) => JSON.stringify(params.path?.[name]));
  const hasOptions = query?.required || headers?.required;
  const options = hasOptions ? [JSON.stringify({ query: params.query, headers: params.header })] : [];
  const bodies = bodiesOf(document, operation);
  const calls =
    bodies.length > 0 ? bodies.map((body) => [...pathArguments, body, ...options]) : [[...pathArguments, ...options]];
  const init = [`params: ${JSON.stringify(params)}`, ...bodies.slice(0, 1).map((body) => `body: ${body}`)];
  const successes = operation.responses.filter(({ status }) => status.startsWith("2"));
  const schema = successes.length === 1 ? successes[0]?.schema : undefined;
  const iteration = pages
    ? `for await (const item of mindbridge.${id}(${(calls[0] ?? []).join(", ")})) {\n  read(item);\n  break;\n}\n`
    : "";
  return `
// ${id}
for (const result of [${calls.map((args) => `await mindbridge.${id}(${args.join(", ")})`).join(", ")}]) {
  ${schema === undefined ? "readOptional" : "read"}(result);
${readFields(document, schema, "result").join("")}}
${iteration}{
  const { data, response } = await mindbridge.api.${method}(${JSON.stringify(path)}, { ${init.join(", ")} });
  if (!response.ok) throw new Error(\`${id} was answered with \${response.status}.\`);
${fieldsOf(document, schema)
  .map(({ name }) => `  readOptional<unknown>(data?.${name});\n`)
  .join("")}}
`;
}

/** A value for each parameter that is required, by its place and its name. */
function requiredParameters(document: Document, parameters: readonly Parameter[]) {
  const required = Map.groupBy(
    parameters.filter((each) => each.required),
    (each) => each.in,
  );
  const values = [...required].map(
    ([kind, each]) =>
      [kind, Object.fromEntries(each.map(({ name, schema }) => [name, sample(document, schema)]))] as const,
  );
  return Object.fromEntries(values) as { [In in Parameter["in"]]?: Record<string, unknown> };
}

/** The bodies of the examples, or one that is made of the schema, as TypeScript. */
function bodiesOf(document: Document, { body }: Operation): string[] {
  if (!body) return [];
  const examples = Object.values(body.examples);
  const values = examples.length > 0 ? examples : [sample(document, body.schema)];
  return values.map((value) => `${JSON.stringify(value)} satisfies Contract.${body.type}`);
}

function useDelivery(document: Document, { types, schema }: Delivery): string {
  const data = fieldsOf(document, schema).findLast(({ name }) => name === "data")?.schema;
  return types
    .map((type) => {
      const fields = readFields(document, data, "data");
      return `  .on(${JSON.stringify(type)}, ({ type, data }) => {\n  handled.add(type);\n${fields.join("")}  })\n`;
    })
    .join("");
}

/** Reads each field of an object, and of the objects in it. */
function readFields(document: Document, schema: Schema | undefined, value: string, optional = false): string[] {
  return fieldsOf(document, schema).flatMap((field) => {
    const isOptional = optional || !field.required;
    const access = `${value}${optional ? "?" : ""}.${field.name}`;
    const line = `  ${isOptional ? "readOptional" : "read"}<${typeOf(document, field.schema)}>(${access});\n`;
    return [line, ...readFields(document, field.schema, access, isOptional)];
  });
}

interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The fields of an object: those of the schemas that it is composed of, then its own. */
function fieldsOf(document: Document, object: Schema | undefined): Field[] {
  const { properties = {}, required = [], allOf = [] } = keywordsOf(document, object);
  const own = Object.entries(properties).map(([name, schema]) => ({ name, schema, required: required.includes(name) }));
  return [...allOf.flatMap((each) => fieldsOf(document, each)), ...own];
}

/** What a value can be read as, whatever enum it is of, in TypeScript. */
function typeOf(document: Document, value: Schema | undefined): string {
  const { type, allOf = [], anyOf = [], items } = keywordsOf(document, value);
  const parts = [...allOf, ...anyOf];
  const types = [type ?? []].flat().map((each) => {
    if (each === "array") return `readonly ${typeOf(document, items)}[]`;
    return each === "integer" ? "number" : each;
  });
  if (types.length === 0) types.push(...parts.map((each) => typeOf(document, each)));
  return [...new Set(types)].join(" | ") || "unknown";
}
