import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { WEBHOOK_EVENTS, WEBHOOK_STATUSES } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { build } from "esbuild";
import { parse } from "yaml";
import { median, type Row } from "./table.ts";

const ROUNDS = 11;
/** In milliseconds. */
const ROUND_TIME = 40;
const LOADS = 15;

type Accepts = (value: unknown) => boolean;

/** Modules that export `accepts`: whether a value is the body of `webhooks.create`. */
function contestants(schema: unknown): Readonly<Record<string, string>> {
  return {
    "@mindbridge-sdk/contract/validators":
      'export { isWebhookCreate as accepts } from "@mindbridge-sdk/contract/validators";',
    "ajv, at run time": `
      import { Ajv2020 } from "ajv/dist/2020.js";
      export const accepts = new Ajv2020({ allErrors: true, strict: false }).compile(${JSON.stringify(schema)});`,
    zod: `
      import * as z from "zod";
      const schema = z.strictObject({
        name: z.string().min(1),
        url: z.string().min(1),
        technicalContactId: z.string(),
        events: z.array(z.enum(${JSON.stringify(WEBHOOK_EVENTS)})).min(1).max(2147483647),
        status: z.enum(${JSON.stringify(WEBHOOK_STATUSES)}),
      });
      export const accepts = (value) => schema.safeParse(value).success;`,
  };
}

/** The size of our validator, the time to load it, and its speed on valid and broken bodies, beside others. */
export async function measureValidators(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "benchmark-"));
  try {
    const measured = [];
    for (const [name, contents] of Object.entries(contestants(await readSchema()))) {
      const code = await bundle(contents);
      const loads: number[] = [];
      let accepts: Accepts | undefined;
      for (let load = 0; load < LOADS; load++) {
        const file = join(folder, `${measured.length}-${load}.mjs`);
        await writeFile(file, code);
        const start = performance.now();
        ({ accepts } = (await import(pathToFileURL(file).href)) as { accepts: Accepts });
        accepts(VALID[0]);
        loads.push(performance.now() - start);
      }
      if (accepts === undefined) throw new Error(`${name} was not loaded.`);
      checkVerdicts(name, accepts);
      measured.push({ name, accepts, gzip: gzipSync(code, { level: 9 }).length, load: median(loads) });
    }
    const valid = checksPerSecond(measured, VALID);
    const broken = checksPerSecond(measured, BROKEN);
    return measured.map(({ name, gzip, load }, index) => ({
      validator: name,
      "bytes (min+gzip)": gzip,
      "ms to load and check once": load.toFixed(2),
      "valid bodies/s": Math.round(valid[index] ?? 0),
      "ratio (valid)": ((valid[index] ?? 0) / (valid[0] ?? 0)).toFixed(2),
      "broken bodies/s": Math.round(broken[index] ?? 0),
      "ratio (broken)": ((broken[index] ?? 0) / (broken[0] ?? 0)).toFixed(2),
    }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The schema of the body alone, as someone would give it to ajv. */
async function readSchema(): Promise<unknown> {
  const path = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));
  const { components } = parse(await readFile(path, "utf8")) as { components: { schemas: Record<string, object> } };
  const { WebhookCreate, WebhookEvent, WebhookStatus } = components.schemas;
  const used = { ...WebhookCreate, components: { schemas: { WebhookEvent, WebhookStatus } } };
  return JSON.parse(JSON.stringify(used, (key, value: unknown) => (key === "description" ? undefined : value)));
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

const VALID: readonly object[] = [
  ...Object.values(EXAMPLES["webhooks.create"].request),
  { ...EXAMPLES["webhooks.create"].request.inactive, events: WEBHOOK_EVENTS },
];

/** Each valid body, broken in each of several ways. */
const BROKEN: readonly object[] = VALID.flatMap((body) => [
  ...Object.keys(body).map((name) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))),
  ...Object.keys(body).map((name) => ({ ...body, [name]: null })),
  { ...body, name: "" },
  { ...body, events: [] },
  { ...body, events: ["EXPORT_READY", "export_ready"] },
  { ...body, status: "PAUSED" },
  { ...body, unknown: true },
]);

function checkVerdicts(name: string, accepts: Accepts): void {
  for (const [bodies, verdict] of [
    [VALID, true],
    [BROKEN, false],
  ] as const) {
    const other = bodies.find((body) => accepts(body) !== verdict);
    if (other !== undefined) throw new Error(`${name} should say ${verdict} of ${JSON.stringify(other)}`);
  }
}

/** For each contestant. They take turns, so that a busy moment hits them all. */
function checksPerSecond(measured: readonly { readonly accepts: Accepts }[], bodies: readonly object[]): number[] {
  const rates = measured.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, { accepts }] of measured.entries()) {
      const start = performance.now();
      let [checks, time] = [0, 0];
      for (; time < ROUND_TIME; time = performance.now() - start) {
        for (let turn = 0; turn < 100; turn++) for (const body of bodies) accepts(body);
        checks += 100 * bodies.length;
      }
      if (round >= 0) rates[index]?.push((checks / time) * 1000); // The first round only warms up.
    }
  }
  return rates.map((each) => median(each));
}
