import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WEBHOOK_EVENTS, WEBHOOK_STATUSES } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { bundle, compressedSize } from "@mindbridge-sdk/repository/bundle";
import { parse } from "yaml";
import { counted, type Group, inTurns, type Section } from "../measure.ts";

const ROUNDS = 11;
/** In milliseconds. */
const ROUND_TIME = 40;
const BY_HAND = "by hand";
const NOTE =
  "The limit, by hand, is written for this body alone, and says of a broken one only that it is broken. The others can say where and why.";

type Accepts = (value: unknown) => boolean;

/** The values of an enumeration, for a program. */
const listed = (values: readonly string[]) => JSON.stringify(values);

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
        events: z.array(z.enum(${listed(WEBHOOK_EVENTS)})).min(1).max(2147483647),
        status: z.enum(${listed(WEBHOOK_STATUSES)}),
      });
      export const accepts = (value) => schema.safeParse(value).success;`,
    [BY_HAND]: `
      const events = new Set(${listed(WEBHOOK_EVENTS)});
      const statuses = new Set(${listed(WEBHOOK_STATUSES)});
      export function accepts(value) {
        if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
        let problems = 0;
        for (const key in value) {
          if (key !== "name" && key !== "url" && key !== "technicalContactId" && key !== "events" && key !== "status") problems++;
        }
        if (typeof value.name !== "string" || value.name === "") problems++;
        if (typeof value.url !== "string" || value.url === "") problems++;
        if (typeof value.technicalContactId !== "string") problems++;
        if (!Array.isArray(value.events) || value.events.length === 0) problems++;
        else for (const event of value.events) if (!events.has(event)) problems++;
        if (!statuses.has(value.status)) problems++;
        return problems === 0;
      }`,
  };
}

/** Our validator beside others: all find every problem of a body. */
export const validators: Section = {
  name: "validators",
  title: "Validating a request",
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), "validators-"));
    try {
      const sizes: Record<string, number> = {};
      const accepting: Record<string, Accepts> = {};
      for (const [name, contents] of Object.entries(contestants(await readSchema()))) {
        const code = await bundle(contents, { resolveDir: import.meta.dirname });
        sizes[name] = compressedSize(code);
        const file = join(folder, `${Object.keys(sizes).length}.mjs`);
        await writeFile(file, code);
        const { accepts } = (await import(pathToFileURL(file).href)) as { accepts: Accepts };
        checkVerdicts(name, accepts);
        accepting[name] = accepts;
      }
      return [
        counted(
          { title: "A validator of the body that creates a webhook", unit: "B (min+gzip)", limit: BY_HAND, note: NOTE },
          sizes,
        ),
        await checking("Valid bodies", accepting, VALID),
        await checking("Broken bodies", accepting, BROKEN),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

function checking(
  title: string,
  accepting: Readonly<Record<string, Accepts>>,
  bodies: readonly object[],
): Promise<Group> {
  const rounds = Object.entries(accepting).map(([name, accepts]) => [name, () => perSecond(accepts, bodies)] as const);
  return inTurns(
    { title, unit: "bodies/s", better: "higher", limit: BY_HAND, note: NOTE },
    Object.fromEntries(rounds),
    ROUNDS,
  );
}

function perSecond(accepts: Accepts, bodies: readonly object[]): number {
  const start = performance.now();
  let [checks, time] = [0, 0];
  for (; time < ROUND_TIME; time = performance.now() - start) {
    for (let turn = 0; turn < 100; turn++) for (const body of bodies) accepts(body);
    checks += 100 * bodies.length;
  }
  return (checks / time) * 1000;
}

/** The schema of the body alone, as someone would give it to ajv. */
async function readSchema(): Promise<unknown> {
  const path = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));
  const { components } = parse(await readFile(path, "utf8")) as { components: { schemas: Record<string, object> } };
  const { WebhookCreate, WebhookEvent, WebhookStatus } = components.schemas;
  const used = { ...WebhookCreate, components: { schemas: { WebhookEvent, WebhookStatus } } };
  return JSON.parse(JSON.stringify(used, (key, value: unknown) => (key === "description" ? undefined : value)));
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
