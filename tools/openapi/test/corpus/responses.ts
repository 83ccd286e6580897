import { edits } from "../../src/index.ts";
import { both, type Change, narrows, widens } from "./change.ts";
import {
  CREATE,
  GET,
  JSON_BODY,
  LOG,
  QUERY,
  RATE_LIMIT,
  RESPONSE,
  SCHEMAS,
  schemaRef,
  WEBHOOK_PATH,
} from "./places.ts";

const { add, addItems, copy, remove, removeItem, rename, replace, replaceItem, set } = edits;

/** Changes of what users receive. */
export const RESPONSES: readonly Change[] = [
  {
    title: "a header is written inline",
    edits: [copy(`/components/headers/${RATE_LIMIT}`, `/components/responses/TooManyRequests/headers/${RATE_LIMIT}`)],
    ...narrows("response"),
  },
  {
    title: "the target of a $ref is written inline, with the keywords beside the $ref",
    edits: [
      copy(`${SCHEMAS}/UserInfo`, `${RESPONSE}/properties/createdUserInfo`),
      set(`${RESPONSE}/properties/createdUserInfo/readOnly`, true),
    ],
    ...both("patch", "documentation"),
  },
  {
    title: "the target of a $ref is written inline, without the keywords beside the $ref",
    edits: [copy(`${SCHEMAS}/UserInfo`, `${RESPONSE}/properties/createdUserInfo`)],
    ...widens("response"),
  },
  {
    title: "the known values of an open enum are written inline",
    edits: [set(`${SCHEMAS}/AnyWebhookStatus/anyOf/0`, { type: "string", enum: ["ACTIVE", "INACTIVE"] })],
    ...both("minor", "request", "response"),
  },
  {
    title: "an optional field is added",
    edits: [set(`${RESPONSE}/properties/color`, { type: "string" })],
    ...widens("response"),
  },
  {
    title: "fields are added that have the names of keywords",
    edits: ["x-color", "example", "required"].map((name) => set(`${RESPONSE}/properties/${name}`, { type: "string" })),
    ...widens("response"),
  },
  {
    title: "a field that is always there is added",
    edits: [set(`${RESPONSE}/properties/color`, { type: "string" }), addItems(`${RESPONSE}/required`, "color")],
    ...widens("response"),
  },
  {
    title: "a field may be missing",
    edits: [removeItem(`${RESPONSE}/required`, "publicKey")],
    ...narrows("response"),
    noticed: "by tests",
  },
  {
    title: "a field is renamed",
    edits: [
      rename(`${RESPONSE}/properties/publicKey`, "signingKey"),
      replaceItem(`${RESPONSE}/required`, "publicKey", "signingKey"),
    ],
    ...both("major", "response"),
    noticed: "by tests",
  },
  {
    title: "a field may be null",
    edits: [set(`${RESPONSE}/properties/url/type`, ["string", "null"])],
    ...narrows("response"),
    noticed: "by tests",
  },
  {
    title: "a type changes",
    edits: [replace(`${RESPONSE}/properties/version`, { type: "string" })],
    ...both("major", "response"),
    noticed: "by tests",
  },
  {
    title: "an integer may be a fraction",
    edits: [set(`${RESPONSE}/properties/version/type`, "number")],
    made: ["major", "response"],
    undone: ["patch", "response"],
    noticed: "by tests",
  },
  {
    title: "a field within a field is added",
    edits: [set(`${SCHEMAS}/UserInfo/properties/email`, { type: "string" })],
    ...widens("response"),
  },
  {
    title: "a value is added to an open enum",
    edits: [addItems(`${SCHEMAS}/WebhookEventLogStatus/enum`, "QUEUED")],
    ...widens("response"),
    noticed: "by tests",
  },
  {
    title: "a value of an open enum is renamed",
    edits: [set(`${SCHEMAS}/WebhookEventLogStatus/enum/0`, "RUNNING")],
    ...both("major", "response"),
    noticed: "by tests",
  },
  {
    title: "a value is added to a closed enum",
    edits: [addItems(`${SCHEMAS}/WebhookList/properties/order/enum`, "random")],
    ...both("major", "response"),
  },
  {
    title: "the values of an open enum may be null",
    edits: [set(`${SCHEMAS}/WebhookEvent/type`, ["string", "null"])],
    made: ["major", "response"],
    undone: ["major", "request"],
  },
  {
    title: "an open enum is closed",
    edits: [set(`${RESPONSE}/properties/status/$ref`, "#/components/schemas/WebhookStatus")],
    ...both("major", "response"),
  },
  {
    title: "a format is no longer promised",
    edits: [remove(`${RESPONSE}/properties/creationDate/format`)],
    made: ["major", "response"],
    undone: ["patch", "response"],
    noticed: "by tests",
  },
  {
    title: "a limit is promised",
    edits: [set(`${RESPONSE}/properties/name/maxLength`, 100)],
    made: ["patch", "response"],
    undone: ["major", "response"],
  },
  {
    title: "fields of any name may come",
    edits: [set(`${SCHEMAS}/UserInfo/additionalProperties`, true)],
    ...widens("response"),
  },
  {
    title: "no unknown field comes",
    edits: [set(`${RESPONSE}/additionalProperties`, false)],
    ...narrows("response"),
    noticed: {
      byReferenceAlone: "The mock adds nothing of its own to an answer, and TypeScript has no closed objects.",
    },
  },
  {
    title: "no unknown field comes, by unevaluatedProperties",
    edits: [set(`${RESPONSE}/unevaluatedProperties`, false)],
    ...narrows("response"),
  },
  {
    title: "a status of an error is added",
    edits: [set(`${CREATE}/responses/409`, { description: "There is one already." })],
    ...widens("response"),
  },
  {
    title: "a status of success with another body is added",
    edits: [
      set(`${CREATE}/responses/202`, {
        description: "Later.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/UserInfo" } } },
      }),
    ],
    made: ["major", "response"],
    undone: ["major", "name", "response"],
  },
  {
    title: "a status of success without content is added to pages",
    edits: [set(`${QUERY}/responses/204`, { description: "There are none." })],
    ...both("major", "response"),
  },
  {
    title: "the only status of success goes, and had no content",
    edits: [remove(`${WEBHOOK_PATH}/delete/responses/2XX`)],
    made: ["major", "response"],
    undone: ["minor", "response"],
  },
  {
    title: "a header is added",
    edits: [set(`${CREATE}/responses/201/headers`, { Location: { schema: { type: "string" } } })],
    ...widens("response"),
  },
  {
    title: "the schema of a body is another one",
    edits: [set(`${CREATE}/responses/201/${JSON_BODY}/schema/$ref`, "#/components/schemas/WebhookEventLog")],
    ...both("major", "response"),
  },
  {
    title: "items have another schema that promises nothing",
    edits: [set(`${SCHEMAS}/WebhookList/properties/items/items/$ref`, "#/components/schemas/UserInfo")],
    ...both("major", "response"),
  },
  {
    title: "the success has another status",
    edits: [rename(`${CREATE}/responses/201`, "200")],
    ...both("major", "response"),
    noticed: "by tests",
  },
  {
    title: "items are of another type",
    edits: [set(`${RESPONSE}/properties/events/items`, { type: "integer" })],
    ...both("major", "response"),
  },
  {
    title: "a field is deprecated",
    edits: [set(`${RESPONSE}/properties/version/deprecated`, true)],
    made: ["minor", "response"],
    undone: ["patch", "response"],
  },
  {
    title: "a field that is a reference is deprecated",
    edits: [set(`${RESPONSE}/properties/status/deprecated`, true)],
    made: ["minor", "response"],
    undone: ["patch", "response"],
  },
  {
    title: "a field that is a reference is no longer readOnly",
    edits: [remove(`${RESPONSE}/properties/createdUserInfo/readOnly`)],
    ...widens("response"),
    noticed: {
      byReferenceAlone: "Only the type of an assignment changes, and it becomes wider. Nothing changes on the wire.",
    },
  },
  {
    title: "a field is promised beside a $ref",
    edits: [set(`${RESPONSE}/properties/address/required`, ["zip"])],
    ...widens("response"),
  },
  {
    title: "the values of a map may be anything",
    edits: [set(`${RESPONSE}/properties/labels/additionalProperties`, true)],
    ...narrows("response"),
  },
  {
    title: "an object of any fields names one",
    edits: [set(`${SCHEMAS}/ErrorBody/properties`, { message: { type: "string" } })],
    // An error whose body has fields has a type.
    made: ["major", "response"],
    undone: ["major", "name", "response"],
  },
  {
    title: "a map names a field",
    edits: [set(`${RESPONSE}/properties/labels/properties`, { color: { type: "string" } })],
    ...widens("response"),
  },
  {
    title: "the first items have schemas of their own",
    edits: [set(`${RESPONSE}/properties/events/prefixItems`, [{ type: "integer" }])],
    ...both("major", "response"),
  },
  {
    title: "a discriminator names a property that may be any text",
    edits: [set(`${RESPONSE}/properties/target/discriminator`, { propertyName: "kind" })],
    ...both("major", "response"),
  },
  {
    title: "a field that could be anything is a text",
    edits: [set(`${RESPONSE}/properties/anything`, { type: "string" })],
    ...widens("response"),
  },
  {
    title: "a field that is a reference may be null",
    edits: [set(`${RESPONSE}/properties/address`, { oneOf: [schemaRef("Address"), { type: "null" }] })],
    ...narrows("response"),
  },
  { title: "a status of an error is dropped", edits: [remove(`${GET}/responses/404`)], noticed: "by tests" },
  { title: "an error has another status", edits: [rename(`${LOG}/responses/503`, "502")], noticed: "by tests" },
  {
    title: "the refusal of a body is described",
    edits: [add(`${CREATE}/responses/422`, { $ref: "#/components/responses/Forbidden" })],
    noticed: { byReferenceAlone: "A refusal that is declared is expected, and the mock gives it." },
  },
  {
    title: "a header is dropped",
    edits: [remove("/components/responses/TooManyRequests/headers"), remove(`/components/headers/${RATE_LIMIT}`)],
    noticed: "by tests",
  },
  {
    title: "a header is renamed",
    edits: [rename(`/components/responses/TooManyRequests/headers/${RATE_LIMIT}`, "X-Hour-Limit-Remaining")],
    noticed: "by tests",
  },
  {
    title: "a header has another example",
    edits: [replace(`/components/headers/${RATE_LIMIT}/example`, 60)],
    noticed: "by tests",
  },
  {
    title: "a header may be negative",
    edits: [remove(`/components/headers/${RATE_LIMIT}/schema/minimum`)],
    noticed: { byReferenceAlone: "The mock sends the example of the header, and types have no limits." },
  },
  {
    title: "a required field is dropped",
    edits: [remove(`${RESPONSE}/properties/publicKey`), removeItem(`${RESPONSE}/required`, "publicKey")],
    noticed: "by tests",
  },
  {
    title: "an optional field is dropped",
    edits: [remove(`${RESPONSE}/properties/keyGenerationTimestamp`)],
    noticed: "by tests",
  },
  {
    title: "a field within a field is dropped",
    edits: [remove(`${SCHEMAS}/UserInfo/properties/userName`)],
    noticed: "by tests",
  },
  {
    title: "an optional field is promised",
    edits: [addItems(`${SCHEMAS}/WebhookEventLog/required`, "attemptStartDate")],
    noticed: "by tests",
  },
  {
    title: "an integer is shorter",
    edits: [replace(`${RESPONSE}/properties/version/format`, "int32")],
    noticed: { byReferenceAlone: "What fits 32 bits fits 64 as well, and both are numbers in TypeScript." },
  },
  {
    title: "an object is a text",
    edits: [replace(`${SCHEMAS}/WebhookEventLog/properties/requestHeaders`, { type: "string" })],
    noticed: "by tests",
  },
  {
    title: "a list is one text",
    edits: [replace(`${RESPONSE}/properties/events`, { type: "string" })],
    noticed: "by tests",
  },
  {
    title: "a date has no time",
    edits: [replace(`${SCHEMAS}/WebhookEventLog/properties/attemptStartDate/format`, "date")],
    noticed: "by tests",
  },
  {
    title: "an open enum is closed, and its open form is dropped",
    edits: [
      replace(`${RESPONSE}/properties/status/$ref`, "#/components/schemas/WebhookStatus"),
      replace(`${SCHEMAS}/WebhookUpdate/properties/status/$ref`, "#/components/schemas/WebhookStatus"),
      remove(`${SCHEMAS}/AnyWebhookStatus`),
    ],
    noticed: "by tests",
  },
  {
    title: "the open enum of events is closed, and its open form is dropped",
    edits: [
      replace(`${RESPONSE}/properties/events/items/$ref`, "#/components/schemas/WebhookEvent"),
      replace(`${SCHEMAS}/WebhookUpdate/properties/events/items/$ref`, "#/components/schemas/WebhookEvent"),
      remove(`${SCHEMAS}/AnyWebhookEvent`),
    ],
    noticed: "by tests",
  },
  {
    title: "the media type is another one",
    edits: [rename(`${GET}/responses/200/${JSON_BODY}`, "text/plain")],
    noticed: "by tests",
  },
  {
    title: "the key of the example is another one",
    edits: [
      replace("/components/examples/Webhook/value/publicKey", "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ],
    noticed: "by tests",
  },
  {
    title: "a readOnly anyOf loses null",
    edits: [set(`${RESPONSE}/properties/reviewer/anyOf`, [schemaRef("Address")])],
    ...widens("response"),
  },
  {
    title: "a constant is added to a oneOf of constants",
    edits: [
      set(`${SCHEMAS}/WebhookList/properties/order`, {
        oneOf: ["ascending", "descending", "random"].map((value) => ({ const: value })),
      }),
    ],
    ...both("major", "response"),
  },
  {
    title: "one of several schemas is another one",
    edits: [set(`${RESPONSE}/properties/target/oneOf/1`, schemaRef("Address"))],
    ...both("major", "response"),
  },
  {
    title: "one of several schemas that a constant tells apart is dropped",
    edits: [set(`${RESPONSE}/properties/target/oneOf`, [schemaRef("UrlTarget")])],
    ...both("major", "response"),
  },
];

/** Limits and formats of what comes, which no type shows. One that stays a limit may be less strict. */
export const LIMITS: readonly Change[] = [
  {
    title: "an integer may be longer",
    edits: [replace(`${SCHEMAS}/WebhookEventLog/properties/retryCount/format`, "int64")],
    made: ["minor", "response"],
    undone: ["patch", "response"],
  },
  {
    title: "a list may be longer",
    edits: [replace(`${RESPONSE}/properties/tags/maxItems`, 200)],
    made: ["minor", "response"],
    undone: ["patch", "response"],
  },
  {
    title: "a list has more items at least",
    edits: [replace(`${RESPONSE}/properties/tags/minItems`, 2)],
    made: ["patch", "response"],
    undone: ["minor", "response"],
  },
  {
    title: "a list may have any length",
    edits: [remove(`${RESPONSE}/properties/tags/maxItems`)],
    made: ["major", "response"],
    undone: ["patch", "response"],
  },
  {
    title: "a format is another one",
    edits: [replace(`${RESPONSE}/properties/creationDate/format`, "date")],
    ...both("major", "response"),
  },
];
