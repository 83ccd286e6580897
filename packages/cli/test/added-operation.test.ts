import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Command } from "@commander-js/extra-typings";
import { generate } from "@mindbridge-sdk/generator";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { addOperations } from "../src/operations/commands.ts";
import type { OperationInput } from "../src/operations/run-operation.ts";
import type { ResourceCommand } from "../src/operations/table.ts";
import { HELP_FORMAT } from "../src/program.ts";

test("an operation that is added to the document becomes a command, without a line by hand", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const document = parse(readFileSync(fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml")), "utf8"));
  const { get } = document.paths["/v1/webhooks/{webhookId}"];
  const pageLimit = { type: "integer", default: 20 };
  const limit = {
    name: "pageLimit",
    in: "query",
    deprecated: true,
    description: "How many at most.",
    schema: pageLimit,
  };
  const tags = { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } };
  const sizes = { name: "sizes", in: "query", schema: { type: "array", items: { type: "integer" } } };
  const currency = { name: "filter[currency]", in: "query", schema: { type: "string" } };
  const inherited = { name: "constructor", in: "query", schema: { type: "string" } };
  const after = { name: "after", in: "query", schema: { description: "Anything." } };
  const scope = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  const scoped = { name: scope, in: "query", description: "What a long name stands for.", schema: { type: "string" } };
  document.paths["/v1/webhooks/{webhookId}/keys"] = {
    get: {
      ...get,
      operationId: "webhookKeys.listAll",
      tags: ["webhooks"],
      security: [],
      parameters: [...get.parameters, limit, tags, sizes, currency, inherited, after, scoped],
    },
  };
  const reason = { name: "reason", in: "query", required: true, schema: { type: "string", enum: ["lost", ""] } };
  const kinds = ["made", "bought"].map((kind) => ({ type: "object", required: [kind], properties: { [kind]: {} } }));
  const words = ["webhookId", "keyOfThisWebhook", "versionOfThisKey"].map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  document.paths["/v1/webhooks/{webhookId}/keys/{keyOfThisWebhook}/versions/{versionOfThisKey}"] = {
    get: { ...get, operationId: "webhookKeys.getVersion", parameters: words },
  };
  document.paths["/v1/webhooks/{webhookId}/keys"].post = {
    ...get,
    operationId: "webhookKeys.add",
    parameters: [...get.parameters, reason],
    requestBody: { required: true, content: { "application/json": { schema: { oneOf: kinds } } } },
  };
  const marks = {
    type: "object",
    properties: { marks: { type: "array", items: {} }, note: { type: ["string", "null"] } },
  };
  document.paths["/v1/webhooks/{webhookId}/keys"].patch = {
    ...get,
    operationId: "webhookKeys.mark",
    requestBody: {
      required: true,
      content: { "application/json": { schema: marks, example: { marks: [], note: null } } },
    },
  };
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
  const files = await generate({ document: join(folder, "openapi.json") });
  const table = join(folder, "operations.ts");
  writeFileSync(table, files.get("packages/cli/src/generated/operations.ts") ?? "");
  const { RESOURCES } = (await import(pathToFileURL(table).href)) as { RESOURCES: readonly ResourceCommand[] };
  const resource = RESOURCES.find(({ word }) => word === "webhook-keys");
  if (!resource) throw new Error("The table has no webhook-keys.");

  let input: unknown;
  let shown = "";
  const writeOut = (text: string) => (shown += text);
  const group = new Command(resource.word).configureHelp(HELP_FORMAT).exitOverride().configureOutput({ writeOut });
  addOperations(group, resource, () => async (options) => {
    input = options;
  });
  const flags = [
    "--filter-currency",
    "EUR",
    "--page-limit",
    "5",
    "--tags",
    "a,b",
    "--tags",
    "c",
    "--sizes",
    "1,2",
    "--after",
    "no {JSON}",
  ];
  group.parse(["list-all", "66e0", ...flags, "--json"], { from: "user" });
  const { operation, path, values } = input as OperationInput;
  const { name, withoutToken } = operation;
  expect({ resource: resource.resource, name, withoutToken, path }).toEqual({
    resource: "webhookKeys",
    name: "listAll",
    withoutToken: true,
    path: ["66e0"],
  });
  expect([...values].map(([flag, value]) => [flag.in, flag.name, value])).toEqual([
    ["query", "pageLimit", 5],
    ["query", "tags", ["a,b", "c"]],
    ["query", "sizes", [1, 2]],
    ["query", "filter[currency]", "EUR"],
    ["query", "after", "no {JSON}"],
  ]);
  group.parse(["list-all", "66e0", "--after", "null"], { from: "user" });
  expect([...(input as OperationInput).values].map(([flag, value]) => [flag.name, value])).toEqual([["after", null]]);
  const help = group.commands[0]?.helpInformation();
  expect(help).toContain("webhook-keys list-all [options] <webhook-id>");
  expect(help).toMatch(/--page-limit <integer> +How many at most\. \(deprecated\) \(default:\s+20\)/);
  expect(help).toMatch(/--filter-currency <text> +\(sent as filter\[currency\]\)/);
  expect(help).toMatch(/--tags <text> +\(repeat it\)/);
  expect(help).toMatch(/--sizes <integer> +\(repeat it, or separate them by commas\)/);
  expect(help).toMatch(/\n {2}--urn-ietf-params-scim-schemas-extension-\S+ <text>\n {10}What a long name stands for\./);
  const usage = group.commands.find((command) => command.name() === "get-version")?.helpInformation();
  expect(usage).toMatch(/^Usage: webhook-keys get-version .*\n {7}<version-of-this-key>\n/);
  expect(`${help}${usage}`.split("\n").filter((line) => line.length > 80)).toEqual([]);
  // An example gives what is required; flags cannot give this body.
  group.commands.find((command) => command.name() === "add")?.outputHelp();
  expect(shown).toMatch(
    /Examples:\n {2}\$ mindbridge webhook-keys add \S+ \\\n +--reason lost \\\n +--data @body.json\n$/,
  );
  // No flag gives a list without items, or null.
  shown = "";
  group.commands.find((command) => command.name() === "mark")?.outputHelp();
  expect(shown).toMatch(/Examples:\n {2}\$ mindbridge webhook-keys mark \S+ --data @body.json\n$/);
});
