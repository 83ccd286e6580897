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
  readonly success: string;
  readonly errors: readonly string[];
  readonly required: string;
}

function ofOperation({ operation, success, errors, required }: OperationMismatches): Mismatch[] {
  const unpublished = "No page describes the errors. A client has to tell these statuses apart.";
  const anyObject =
    "Error bodies are not published. The mock answers only with what is described, so each has an example.";
  const statuses = [success, ...errors, "429"].toSorted();
  const wait = `${operation} › response 429 › header X-User-Hour-Limit-Remaining`;
  return [
    { place: `${operation} › responses`, published: `${success}, 429`, ours: statuses.join(", "), reason: unpublished },
    ...statuses.slice(1).flatMap((status) => [
      { place: `${operation} › response ${status} › media types`, ours: "application/json", reason: anyObject },
      { place: `${operation} › response ${status} › body (type)`, ours: '"object"', reason: anyObject },
    ]),
    { place: `${wait} (type)`, ours: '"integer"', reason: "The header holds seconds. Its type is not published." },
    { place: `${wait} (minimum)`, ours: "0", reason: "A limit does not reset in the past." },
    {
      place: `${operation} › response ${success} › body (required)`,
      ours: required,
      reason:
        "The pages mark no field of a response as required, but the server cannot leave these out, and each user would have to check for what never happens.",
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
  ...["id", "webhookId", "requestId"].map((field) => ({
    place: `webhookEventLogs.get › response 200 › body › ${field} (type)`,
    ours: '"string"',
    reason: "The page shows its ids without a type. Ids are strings everywhere else.",
  })),
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
