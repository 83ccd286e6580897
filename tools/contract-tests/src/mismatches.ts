/** One place at which the document differs from the published facts on purpose. */
export interface Mismatch {
  /** In the words of `describe.ts`. */
  readonly place: string;
  /** What is published; absent where nothing is. */
  readonly published?: string;
  readonly ours: string;
  readonly reason: string;
}

const COMMON_ERRORS = ["401", "403", "500", "503"];

interface OperationMismatches {
  readonly operation: string;
  /** The published status of success; absent where none is. */
  readonly success?: string;
  /** Whether the document takes any other success, too. */
  readonly tolerant?: boolean;
  readonly errors: readonly string[];
  /** The fields of the response that the document requires. */
  readonly required?: string;
}

function ofOperation({ operation, success, tolerant = false, errors, required }: OperationMismatches): Mismatch[] {
  const unpublished = `${tolerant ? `${OTHER_SUCCESS} ` : ""}No page describes the errors. A client has to tell these statuses apart.`;
  const anyObject =
    "Error bodies are not published. The mock answers only with what is described, so each has an example.";
  const published = [success ?? [], "429"].flat();
  const failures = [...errors, "429"].toSorted();
  const statuses = [success ?? [], tolerant ? "2XX" : [], failures].flat();
  const wait = `${operation} › response 429 › header X-User-Hour-Limit-Remaining`;
  return [
    {
      place: `${operation} › responses`,
      published: published.join(", "),
      ours: statuses.join(", "),
      reason: unpublished,
    },
    ...failures.flatMap((status) => [
      { place: `${operation} › response ${status} › media types`, ours: "application/json", reason: anyObject },
      { place: `${operation} › response ${status} › body (type)`, ours: '"object"', reason: anyObject },
    ]),
    { place: `${wait} (type)`, ours: '"integer"', reason: "The header holds seconds. Its type is not published." },
    { place: `${wait} (minimum)`, ours: "0", reason: "A limit does not reset in the past." },
    ...(required === undefined ? [] : [requiredOf(`${operation} › response ${success} › body`, required)]),
  ];
}

const OTHER_SUCCESS =
  "With which status the server answers a change or a deletion of a webhook, and whether with a body, is not published: any success will do.";

/** That the fields at a place of a response are required. */
function requiredOf(place: string, required: string): Mismatch {
  return {
    place: `${place} (required)`,
    ours: required,
    reason:
      "The pages mark no field of a response as required, but the server cannot leave these out, and each user would have to check for what never happens.",
  };
}

/** The ids of a log at a place. */
function idsOf(place: string): Mismatch[] {
  return ["id", "webhookId", "requestId"].map((field) => ({
    place: `${place} › ${field} (type)`,
    ours: '"string"',
    reason: "The page shows its ids without a type. Ids are strings everywhere else.",
  }));
}

/** The properties of a page, by their types. */
const PAGE: Readonly<Record<string, readonly string[]>> = {
  integer: [
    "pageNumber",
    "pageSize",
    "number",
    "size",
    "numberOfElements",
    "totalElements",
    "totalPages",
    ...["pageNumber", "pageSize", "offset"].map((name) => `pageable › ${name}`),
  ],
  boolean: [
    "first",
    "last",
    ...["sort", "pageable › sort"].flatMap((sort) =>
      ["empty", "unsorted", "sorted"].map((name) => `${sort} › ${name}`),
    ),
  ],
  object: ["sort", "pageable", "pageable › sort"],
};

function ofQuery(operation: string, item: string): Mismatch[] {
  const page = `${operation} › response 200 › body`;
  const named = "The page of the general rule names the parts of a page. Their types follow from their names.";
  return [
    ...ofOperation({
      operation,
      success: "200",
      errors: COMMON_ERRORS,
      required: "content, last, number, totalElements, totalPages",
    }),
    { place: `${page} (type)`, ours: '"object"', reason: named },
    ...Object.entries(PAGE).flatMap(([type, names]) =>
      names.map((name) => ({ place: `${page} › ${name} (type)`, ours: `"${type}"`, reason: named })),
    ),
    requiredOf(`${page} › content (each item)`, item),
    {
      place: `${operation} › request body (default)`,
      ours: "{}",
      reason: "`{}` stands for all, so a method without a filter sends it.",
    },
  ];
}

function ofDelivery(name: string, data: string): Mismatch[] {
  const delivery = `delivery ${name}`;
  return [
    {
      place: `${delivery} › responses`,
      published: "",
      ours: "2XX, 4XX",
      reason: "What a receiver answers is not published, but success and refusal mean the same for any webhook.",
    },
    {
      place: `${delivery} › body (required)`,
      ours: "data, eventId, senderId, tenantId, timestamp, type",
      reason:
        "The page marks no field as required, but a delivery means nothing without these. Not every event is caused by a user.",
    },
    {
      place: `${delivery} › body › data (required)`,
      ours: data,
      reason:
        "The page marks no field as required, but the event says nothing without these. A failed analysis may have no result.",
    },
  ];
}

const WEBHOOK = "events, id, name, publicKey, status, technicalContactId, url, version";
const LOG = "id, status, version, webhookId";

/** Every deliberate mismatch. `spec/mismatches.md` shows them to users: `pnpm generate` writes it. */
export const MISMATCHES: readonly Mismatch[] = [
  {
    place: "server › variable tenant (pattern)",
    ours: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
    reason: "The tenant is one DNS label in lower case: anything else would lead to another host.",
  },
  ...ofOperation({ operation: "webhooks.create", success: "201", errors: COMMON_ERRORS, required: WEBHOOK }),
  ...ofOperation({ operation: "webhooks.get", success: "200", errors: [...COMMON_ERRORS, "404"], required: WEBHOOK }),
  ...ofOperation({
    operation: "webhookEventLogs.get",
    success: "200",
    errors: [...COMMON_ERRORS, "404"],
    required: LOG,
  }),
  ...idsOf("webhookEventLogs.get › response 200 › body"),
  ...ofOperation({
    operation: "webhooks.update",
    success: "200",
    tolerant: true,
    errors: [...COMMON_ERRORS, "404"],
    required: WEBHOOK,
  }),
  {
    place: "webhooks.update › request body (required)",
    published: "version",
    ours: "events, name, status, technicalContactId, url, version",
    reason: "An update replaces the webhook: a field that is left out might be cleared.",
  },
  ...ofOperation({ operation: "webhooks.delete", tolerant: true, errors: [...COMMON_ERRORS, "404"] }),
  ...ofQuery("webhooks.query", WEBHOOK),
  ...ofQuery("webhookEventLogs.query", LOG),
  ...idsOf("webhookEventLogs.query › response 200 › body › content (each item)"),
  ...ofDelivery("analysis.completed", "analysisId, analysisResultId, engagementId"),
  ...ofDelivery("analysis.failed", "analysisId, engagementId"),
];

/** The mismatches as a page in Markdown: a row for those that have everything but the place in common. */
export function mismatchesPage(): string {
  const rows = Map.groupBy(MISMATCHES, ({ published, ours, reason }) => JSON.stringify([published, ours, reason]));
  const cell = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;
  const lines = [...rows.values()].map((row) => {
    const [{ published, ours, reason } = { ours: "", reason: "" }] = row;
    const places = merged(row.map(({ place }) => place.split(" › ")));
    const before = published === undefined || published === "" ? "nothing" : cell(published);
    return `| ${places.map((place) => cell(place.join(" › "))).join("<br>")} | ${before} | ${cell(ours)} | ${reason} |`;
  });
  return `<!-- Generated from tools/contract-tests/src/mismatches.ts. Do not edit: change that and run \`pnpm generate\`. -->

# Mismatches between the document and the published pages

The document says more than the pages do in these places, and nowhere else.

| Where | Published | In the document | Why |
| ----- | --------- | --------------- | --- |
${lines.join("\n")}
`;
}

/** Makes one place of those that differ in a single part: `get › response 401, response 403 › body`. */
function merged(places: readonly (readonly string[])[]): (readonly string[])[] {
  const longest = Math.max(...places.map((place) => place.length));
  let left = [...places];
  for (let index = longest - 1; index >= 0; index--) {
    const alike = Map.groupBy(left, (place) => JSON.stringify(place.toSpliced(index, 1)));
    left = [...alike.values()].map(([first = [], ...others]) =>
      others.length === 0 ? first : first.with(index, [first, ...others].map((place) => place[index]).join(", ")),
    );
  }
  return left;
}
