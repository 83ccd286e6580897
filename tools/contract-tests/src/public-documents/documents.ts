import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { camelCase, type Document, edited, edits, keysOf, readDocument } from "@mindbridge-sdk/openapi";
import { exchangesOf } from "./keep.ts";

const run = promisify(execFile);

/** A workspace of its own, with its lockfile. */
export const WORKSPACE = join(import.meta.dirname, "../../public-documents");

/** A document of another vendor, in a package that npm serves. */
export interface PublicDocument {
  readonly name: string;
  /** The file in the workspace. */
  readonly file: string;
  /** Whether it is written in OpenAPI 3.0, and is converted as the generator advises. */
  readonly isOlder?: true;
  /** Whether each operation is called through the client. */
  readonly isCalled?: true;
  /** The folder of the workspace that has it, where it is too large for the check. */
  readonly workspace?: string;
}

const EXAMPLES = "@readme/oas-examples";

export const DOCUMENTS: readonly PublicDocument[] = [
  { name: "Petstore", file: `${EXAMPLES}/3.1/json/petstore.json`, isCalled: true },
  { name: "Train Travel", file: `${EXAMPLES}/3.1/json/train-travel.json`, isCalled: true },
  { name: "Scalar Galaxy", file: "@scalar/galaxy/dist/3.1.json" },
  { name: "every kind of security", file: `${EXAMPLES}/3.1/json/security.json`, isCalled: true },
  { name: "every style of parameters", file: `${EXAMPLES}/3.1/json/parameters-style.json` },
  { name: "every type of schemas", file: `${EXAMPLES}/3.1/json/schema-types.json` },
  { name: "Star Trek", file: `${EXAMPLES}/3.0/json/star-trek.json`, isOlder: true },
  { name: "Figma", file: "@figma/rest-api-spec/openapi/openapi.yaml" },
  { name: "Rclone", file: "rclone-openapi/openapi.json" },
  { name: "Dialogporten", file: "@digdir/dialogporten-schema/swagger.verified.json", isOlder: true },
  { name: "Blockfrost", file: "@blockfrost/openapi/openapi.yaml", isOlder: true },
  {
    name: "GitHub",
    file: "@octokit/openapi/generated/api.github.com.json",
    isOlder: true,
    workspace: "github",
  },
];

/** Installs the documents, and what the generator is compared with. */
export async function install(workspaces: Iterable<string>): Promise<void> {
  const args = ["install", "--frozen-lockfile", "--ignore-workspace=false", "--silent"];
  for (const workspace of new Set(workspaces)) {
    await run("pnpm", args, { cwd: join(WORKSPACE, workspace), shell: process.platform === "win32" });
  }
}

/**
 * Reads a document as a maintainer would hand it to the generator: in OpenAPI 3.1, with an address, a token and a name for each
 * operation where it says nothing of these.
 *
 * @param folder Where the converted document is written.
 */
export async function readPublicDocument(
  { name, file, isOlder, workspace = "" }: PublicDocument,
  folder: string,
): Promise<Document> {
  const source = join(WORKSPACE, workspace, "node_modules", file);
  if (!isOlder) return completed(await readDocument(source));
  const converted = join(folder, `${name}.json`);
  const openapiFormat = join(WORKSPACE, "node_modules/openapi-format/bin/cli.js");
  await run(process.execPath, [openapiFormat, source, "--convertTo", "3.1", "--no-sort", "--output", converted]);
  return completed(await readDocument(converted));
}

function completed(document: Document): Document {
  const { servers = [], security, components, paths = {} } = document;
  const unnamed = exchangesOf(document).flatMap((pointer) => {
    const [kind, path = "", method = ""] = keysOf(pointer);
    const isNamed = kind === "webhooks" || "operationId" in Object(Object(paths[path])[method]);
    return isNamed ? [] : [edits.set(`${pointer}/operationId`, nameOf(path, method))];
  });
  const token = { type: "http", scheme: "bearer" };
  return edited(
    {
      ...document,
      ...(servers.length === 0 && { servers: [{ url: "https://api.example.com" }] }),
      ...(security === undefined && {
        security: [{ token: [] }],
        components: { ...components, securitySchemes: { ...components?.securitySchemes, token } },
      }),
    },
    unnamed,
  );
}

/** `get /accounts/{id}/keys` → `accounts.byId.keys.get`. */
function nameOf(path: string, method: string): string {
  const parts = path.split("/").filter((part) => /\w/.test(part));
  const words = parts.map((part) => camelCase(part.replaceAll(/\{(.*?)\}/g, "by-$1-")).replace(/^\d/, "n$&"));
  return [...(words.length > 0 ? words : ["root"]), method].join(".");
}
