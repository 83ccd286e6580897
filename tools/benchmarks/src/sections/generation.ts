import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate, loadDocument, openapi, readModel, validators } from "@mindbridge-sdk/generator";
import { withManyOperations } from "@mindbridge-sdk/generator/many-operations";
import { type Document, SPEC } from "@mindbridge-sdk/openapi";
import { parse } from "yaml";
import { type Group, inTurns, type Section } from "../measure.ts";
import { HEY_API, loadPeer } from "../peers.ts";

interface OpenapiTypescript {
  default(document: URL): Promise<unknown[]>;
  astToString(nodes: unknown[]): string;
}

/** Operations that are added to the document, and how many rounds are worth their time. */
const DOCUMENTS = [
  [0, 9],
  [100, 5],
  [1_000, 7],
] as const;

export const generation: Section = {
  name: "generation",
  title: "Generation",
  async measure() {
    const openapiTypescript = await loadPeer<OpenapiTypescript>("openapi-typescript");
    const heyApi = await loadPeer<{ createClient(options: object): Promise<unknown> }>("@hey-api/openapi-ts");
    const document = parse(await readFile(SPEC, "utf8")) as Document;
    const folder = await mkdtemp(join(tmpdir(), "generation-"));
    const groups: Group[] = [];
    try {
      for (const [count, rounds] of DOCUMENTS) {
        const path = join(folder, `${count}.json`);
        await writeFile(path, JSON.stringify(count ? withManyOperations(document, count) : document));
        const model = readModel(await loadDocument(path));
        const types = () =>
          time(async () => openapiTypescript.astToString(await openapiTypescript.default(pathToFileURL(path))));
        const title = count ? `Our document with ${count.toLocaleString("en")} operations more` : "Our document";
        groups.push(
          await inTurns(
            {
              title,
              unit: "ms",
              better: "lower",
              note: "The limit, openapi-typescript, makes the types alone. Ours also lints the document, and generates methods, validators, examples and commands.",
            },
            {
              "openapi-typescript": types,
              "our generator": () => time(() => generate({ document: path })),
              "hey-api": () =>
                time(() => heyApi.createClient({ ...HEY_API, input: path, output: join(folder, `hey-api-${count}`) })),
            },
            rounds,
          ),
          await inTurns(
            { title: `${title}: what ours takes its time for`, unit: "ms", better: "lower" },
            {
              "openapi-typescript": types,
              "to read, lint and bundle it": () => time(() => loadDocument(path)),
              "the types, by openapi-typescript": () => time(async () => openapi.files(model)),
              "the validators": () => time(async () => validators.files(model)),
            },
            rounds,
          ),
        );
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    return groups;
  },
};

/** Milliseconds. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
