import { allOfParts, type Document, keywordsOf, type Schema, schemaName, typesOf } from "@mindbridge-sdk/openapi";
import type { Delivery, Model } from "../model.ts";
import { sample } from "../sample.ts";
import { literal, literalBlock, wrap } from "../text.ts";
import { enumsOf } from "./enums.ts";

/** The page that lists every event, from the root of the repository. */
export const EVENTS_PAGE = "docs/events.md";

/** One type of delivery, with what the document says of it. */
interface Event extends Omit<Delivery, "types"> {
  /** The value of `type` in its body. */
  readonly type: string;
  /** The name of the TypeScript type of its body. */
  readonly bodyType: string;
}

/** Writes the page that lists every event: its subscription, its type, its fields, an example, and how to send and handle it. */
export function eventsPage(model: Model): string {
  const events = model.deliveries.flatMap(({ types, ...delivery }) =>
    types.map((type): Event => ({ ...delivery, type, bodyType: delivery.type })),
  );
  return `<!-- Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run \`pnpm generate\`. -->
# Events

Look up an event: how to subscribe to it, what its delivery holds, how to handle it, and how to send yourself one.

An event has two names. A webhook lists **subscriptions** in its \`events\`, such as \`ANALYSIS_COMPLETE\`. The body of a delivery has a
**type**, such as \`analysis.completed\`. Look the type up here; it cannot be derived.

| subscription | type of its deliveries | sent when |
|---|---|---|
${events.map(row).join("")}${unpublished(model, events)}${events.map((event) => section(model.document, event)).join("")}`;
}

function row({ type, subscription, description }: Event): string {
  const event = subscription === undefined ? "not published" : `\`${subscription}\``;
  return `| ${event} | [\`${type}\`](#${anchor(type)}) | ${cell(description)} |\n`;
}

/** The subscriptions without a delivery in the document: the other values of the enum that holds those of the deliveries. */
function unpublished(model: Model, events: readonly Event[]): string {
  const known = new Set<unknown>(events.flatMap(({ subscription }) => subscription ?? []));
  const all = enumsOf(model).find(({ values }) => known.size > 0 && [...known].every((name) => values.includes(name)));
  const others = (all?.values ?? []).filter((name) => !known.has(name));
  if (others.length === 0) return "";
  return `
${wrap(`MindBridge has not published the deliveries of ${others.length} other subscriptions: ${others.map((name) => `\`${name}\``).join(", ")}.`)}

They are signed like every delivery, and come in the same envelope with a \`type\` that the contract does not list.
[\`onUnknown\`](receiving.md#types-that-the-contract-does-not-list) handles them, and \`npx @mindbridge-sdk/cli listen\` shows what is in one.
`;
}

function section(document: Document, event: Event): string {
  const { type, bodyType, subscription, description } = event;
  const fields = fieldsOf(document, event.schema);
  const subscribe = subscription === undefined ? "" : `Subscribe with \`events: ["${subscription}"]\`. `;
  // The first text that `data` always has, such as `data.analysisId`.
  const shown = fields.find((field) => /^data\.[A-Za-z_$][\w$]*$/.test(field.path) && field.type === "string");
  return `
## \`${type}\`

${wrap(`${text(description)} ${subscribe}In TypeScript, the body is \`${bodyType}\`. A \`?\` marks a field that may be missing.`)}

| field | type | what it is |
|---|---|---|
${fields.map((field) => `| \`${field.path}\` | ${field.type} |${field.description && ` ${field.description}`} |\n`).join("")}
An example:

\`\`\`json
${literalBlock(exampleOf(document, event))}
\`\`\`

Send your endpoint one:

\`\`\`sh
npx @mindbridge-sdk/cli trigger ${/^[\w.-]+$/.test(type) ? type : literal(type)} --to http://127.0.0.1:3000/webhooks
\`\`\`

Handle it, and serve the receiver [in your framework](receiving.md):

<!-- compiled only: Receiving serves it -->
\`\`\`ts
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";

export const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  store: memoryStore(),
}).on(${literal(type)}, async ({ id, data }) =>
  console.log(id, ${shown?.path ?? "data"}),
);
\`\`\`
`;
}

function exampleOf(document: Document, { type, examples, schema }: Event): unknown {
  const [example = sample(document, schema)] = Object.values(examples);
  return { ...(example as object), type };
}

interface Field {
  /** Such as `data.analysisId`, with a `?` after it if it may be missing. */
  readonly path: string;
  readonly type: string;
  readonly description: string;
}

/** The fields of an object and of the objects inside it. */
function fieldsOf(
  document: Document,
  schema: Schema | undefined,
  prefix = "",
  around: readonly unknown[] = [],
): Field[] {
  if (schema === undefined) return [];
  const inside = [...around, schemaName(schema) ?? schema];
  // A schema that holds itself is listed once.
  if (new Set(inside).size < inside.length) return [];
  const parts = allOfParts(document, schema).map(({ value }) => value);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  // Where several parts have a property, the last says the most of it.
  const properties = new Map(parts.flatMap((part) => Object.entries(part.properties ?? {})));
  const listed = [...properties].flatMap(([name, property]): Field[] => {
    const path = `${prefix}${name}`;
    const described = parts.map((part) => keywordsOf(document, part.properties?.[name]).description);
    const { items, const: value } = keywordsOf(document, property);
    return [
      {
        path: required.has(name) ? path : `${path}?`,
        type: typeIn(document, property),
        // A value that is always the same needs no other word.
        description: value === undefined ? cell(described.findLast((each) => each !== undefined) ?? "") : "",
      },
      ...fieldsOf(document, property, `${path}.`, inside),
      ...fieldsOf(document, items, `${path}[].`, inside),
    ];
  });
  const choices = parts.flatMap(({ oneOf, anyOf }) => oneOf ?? anyOf ?? []).filter((each) => !isNull(document, each));
  const chosen = choices.flatMap((choice, index) => {
    const name = componentOf(choice);
    const mark = choices.length === 1 ? "" : `In ${name === undefined ? `form ${index + 1}` : `\`${name}\``}. `;
    const fields = fieldsOf(document, choice, prefix, inside);
    return fields.map((field) => ({ ...field, description: `${mark}${field.description}`.trim() }));
  });
  return [...listed, ...chosen];
}

function isNull(document: Document, schema: Schema): boolean {
  return [...typesOf(document, schema)].join() === "null";
}

/** The component that a choice refers to: alone, or in an `allOf` that adds to it. */
function componentOf(choice: Schema): string | undefined {
  if (typeof choice === "boolean") return undefined;
  return schemaName(choice) ?? choice.allOf?.map((part) => schemaName(part)).find((name) => name !== undefined);
}

/** The type of a value, in words and for a table. */
function typeIn(document: Document, schema: Schema): string {
  const { const: value, enum: values, format } = keywordsOf(document, schema);
  const listed = value === undefined ? values : [value];
  if (listed !== undefined) return listed.map((each) => `\`${cell(literal(each))}\``).join(" or ");
  const types = [...typesOf(document, schema)].join(" or ") || "any";
  return format === undefined ? types : `${types}, ${format}`;
}

/** The anchor that GitHub makes of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

/** Text of the document in Markdown. No page takes a part of it for HTML or for a template. */
function text(markdown: string): string {
  return markdown.replaceAll(/`[^`]*`|<|\{\{/g, (found) => ({ "<": "&lt;", "{{": "&#123;&#123;" })[found] ?? found);
}

/** Text of the document in a cell of a table. */
function cell(markdown: string): string {
  return text(markdown).replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
}
