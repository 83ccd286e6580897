// Where the document says more than the published pages do, on purpose. spec/README.md gives the same list to its readers.

/** One place at which the document differs from the published facts. */
export interface Departure {
  readonly place: string;
  /** What is published, in the words of `describe.ts`; absent where nothing is. */
  readonly published?: string;
  readonly ours: string;
  readonly reason: string;
}

const COMMON_ERRORS = ["401", "403", "500", "503"];

interface OperationDepartures {
  readonly operation: string;
  readonly success: string;
  readonly errors: readonly string[];
  readonly required: string;
}

function departuresOf({ operation, success, errors, required }: OperationDepartures): Departure[] {
  const unpublished = "No page describes the errors; these are the statuses that a client has to tell apart.";
  const anyObject = "Error bodies are not published; an object is what can be given as an example.";
  const statuses = [success, ...errors, "429"].toSorted();
  return [
    { place: `${operation} › responses`, published: `${success}, 429`, ours: statuses.join(", "), reason: unpublished },
    ...[...errors, "429"].flatMap((status) => [
      { place: `${operation} › response ${status} › media types`, ours: "application/json", reason: anyObject },
      { place: `${operation} › response ${status} › body (type)`, ours: '"object"', reason: anyObject },
    ]),
    {
      place: `${operation} › response 429 › header X-User-Hour-Limit-Remaining (type)`,
      ours: '"integer"',
      reason: "The header holds seconds; its type is not published.",
    },
    {
      place: `${operation} › response 429 › header X-User-Hour-Limit-Remaining (minimum)`,
      ours: "0",
      reason: "A limit does not reset in the past.",
    },
    {
      place: `${operation} › response ${success} › body (required)`,
      ours: required,
      reason: "The pages mark no response field as required, but the server cannot leave these out.",
    },
  ];
}

const WEBHOOK = "events, id, name, publicKey, status, technicalContactId, url, version";
const untypedId = (field: string): Departure => ({
  place: `webhookEventLogs.get › response 200 › body › ${field} (type)`,
  ours: '"string"',
  reason: "The page shows its ids without a type; they are strings everywhere else.",
});

function deliveryDepartures(name: string, data: string): Departure[] {
  const delivery = `delivery ${name}`;
  return [
    {
      place: `${delivery} › responses`,
      published: "",
      ours: "2XX, 4XX",
      reason: "What a receiver answers is not published, but for what success and refusal mean to any webhook.",
    },
    {
      place: `${delivery} › body (required)`,
      ours: "data, eventId, senderId, tenantId, timestamp, type",
      reason: "The page marks no field as required, but a delivery means nothing without these.",
    },
    {
      place: `${delivery} › body › data (required)`,
      ours: data,
      reason: "The page marks no field as required, but the event says nothing without these.",
    },
  ];
}

/** Every deliberate departure from the published facts. */
export const DEPARTURES: readonly Departure[] = [
  {
    place: "server › variable tenant (pattern)",
    ours: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
    reason: "The tenant is one DNS label in lower case: anything else would lead to another host.",
  },
  ...departuresOf({ operation: "webhooks.create", success: "201", errors: COMMON_ERRORS, required: WEBHOOK }),
  ...departuresOf({ operation: "webhooks.get", success: "200", errors: [...COMMON_ERRORS, "404"], required: WEBHOOK }),
  ...departuresOf({
    operation: "webhookEventLogs.get",
    success: "200",
    errors: [...COMMON_ERRORS, "404"],
    required: "id, status, version, webhookId",
  }),
  ...["id", "webhookId", "requestId"].map(untypedId),
  ...deliveryDepartures("analysis.completed", "analysisId, analysisResultId, engagementId"),
  ...deliveryDepartures("analysis.failed", "analysisId, engagementId"),
];
