import { edits } from "../../src/index.ts";
import { both, type Change, narrows, widens } from "./change.ts";
import {
  CONTACT,
  CREATE,
  EVENT_NAMES,
  EVENTS,
  GET,
  JSON_BODY,
  KEY,
  LIST,
  NAME,
  query,
  REQUEST,
  SCHEMAS,
  schemaRef,
} from "./places.ts";

const { add, addItems, copy, remove, removeItem, rename, replace, replaceItem, set } = edits;

/** Changes of what users send. */
export const REQUESTS: readonly Change[] = [
  {
    title: "an optional field is added",
    edits: [set(`${REQUEST}/properties/color`, { type: "string" })],
    ...widens("request"),
    noticed: "by tests",
  },
  {
    title: "a required field is added",
    edits: [set(`${REQUEST}/properties/color`, { type: "string" }), addItems(`${REQUEST}/required`, "color")],
    ...both("major", "request"),
    noticed: "by tests",
  },
  {
    title: "a required field becomes optional",
    edits: [removeItem(`${REQUEST}/required`, "technicalContactId")],
    ...widens("request"),
    noticed: "by tests",
  },
  {
    title: "a value is added to an enum that responses leave open",
    edits: [addItems(`${SCHEMAS}/WebhookStatus/enum`, "PAUSED")],
    ...widens("request", "response"),
    noticed: "by tests",
  },
  {
    title: "a value is added to an enum of the query",
    edits: [addItems(`${LIST}/parameters/0/schema/enum`, "status")],
    ...widens("request"),
  },
  {
    title: "a lower limit of a text rises",
    edits: [replace(`${REQUEST}/properties/url/minLength`, 2)],
    ...narrows("request"),
    noticed: "by tests",
  },
  { title: "a limit is set", edits: [add(`${NAME}/maxLength`, 255)], ...narrows("request"), noticed: "by tests" },
  {
    title: "an upper limit falls",
    edits: [replace(`${EVENTS}/maxItems`, 100)],
    ...narrows("request"),
    noticed: "by tests",
  },
  {
    title: "a pattern is set",
    edits: [add(`${CONTACT}/pattern`, "^[0-9a-f]{24}$")],
    ...narrows("request"),
    noticed: "by tests",
  },
  {
    title: "a type changes",
    edits: [replace(`${CONTACT}/type`, "integer")],
    ...both("major", "request"),
    noticed: "by tests",
  },
  {
    title: "a field may be null",
    edits: [replace(`${CONTACT}/type`, ["string", "null"])],
    ...widens("request"),
    noticed: "by tests",
  },
  {
    title: "an integer may be a fraction",
    edits: [set(`${LIST}/parameters/1/schema/type`, "number")],
    ...widens("request"),
  },
  {
    title: "a format is set",
    edits: [set(`${REQUEST}/properties/url/format`, "uri")],
    ...narrows("request"),
    noticed: "by tests",
  },
  {
    title: "unknown fields may be sent",
    edits: [remove(`${REQUEST}/additionalProperties`)],
    ...widens("request"),
    noticed: "by tests",
  },
  { title: "a default is stated", edits: [set(`${REQUEST}/properties/comment/default`, "")], ...widens("request") },
  {
    title: "a default goes, and so does the type",
    edits: [set(`${SCHEMAS}/QueryFilter`, {})],
    ...both("major", "request"),
  },
  { title: "a default changes", edits: [set(`${LIST}/parameters/1/schema/default`, 20)], ...both("major", "request") },
  {
    title: "the body becomes optional",
    edits: [set(`${CREATE}/requestBody/required`, false)],
    ...widens("request"),
    noticed: "by tests",
  },
  {
    title: "an optional query parameter is added",
    edits: [addItems(`${LIST}/parameters`, { name: "page", in: "query", schema: { type: "integer" } })],
    ...widens("request"),
  },
  {
    title: "a required query parameter is added",
    edits: [addItems(`${LIST}/parameters`, { name: "page", in: "query", required: true, schema: { type: "integer" } })],
    ...both("major", "request"),
  },
  {
    title: "a query parameter becomes required",
    edits: [set(`${LIST}/parameters/0/required`, true)],
    ...narrows("request"),
  },
  {
    title: "a query parameter is renamed",
    edits: [set(`${LIST}/parameters/0/name`, "orderBy")],
    ...both("major", "request"),
  },
  {
    title: "a media type is added",
    edits: [copy(`${CREATE}/requestBody/${JSON_BODY}`, `${CREATE}/requestBody/content/text~1json`)],
    ...widens("request"),
  },
  {
    title: "a field is deprecated",
    edits: [set(`${NAME}/deprecated`, true)],
    made: ["minor", "request"],
    undone: ["patch", "request"],
  },
  {
    title: "a field may be one of two types",
    edits: [set(`${REQUEST}/properties/comment`, { anyOf: [{ type: "string", maxLength: 100 }, { type: "integer" }] })],
    ...widens("request"),
  },
  {
    title: "a field may be one of two types, by a list of types",
    edits: [set(`${REQUEST}/properties/technicalContactId/type`, ["string", "integer"])],
    ...widens("request"),
  },
  {
    title: "the items of a list may be any text",
    edits: [set(`${EVENTS}/items`, { type: "string" })],
    ...widens("request"),
    noticed: "by tests",
  },
  {
    title: "a field has the command-line option of a parameter",
    edits: [set(`${REQUEST}/properties/dryRun`, { type: "boolean" })],
    ...both("major", "request"),
  },
  {
    title: "a field refers to a schema and has a further limit",
    edits: [set(`${REQUEST}/properties/comment`, { ...schemaRef("Comment"), minLength: 5 })],
    ...narrows("request"),
  },
  {
    title: "a field refers to a schema and has a default",
    edits: [set(`${REQUEST}/properties/comment`, { ...schemaRef("Comment"), default: "None." })],
    ...widens("request"),
  },
  {
    title: "the schema of the body is another one that requires nothing",
    edits: [set(`${CREATE}/requestBody/${JSON_BODY}/schema/$ref`, "#/components/schemas/UserInfo")],
    ...both("major", "name", "request"),
  },
  {
    title: "the media type is another one",
    edits: [rename(`${CREATE}/requestBody/${JSON_BODY}`, "application/vnd.mindbridge+json")],
    ...both("major", "request"),
    noticed: { byReferenceAlone: "Each kind of JSON is sent with the media type that the document gives it." },
  },
  {
    title: "a path parameter has another type",
    edits: [set(`${GET}/parameters/0/schema/type`, "integer")],
    ...both("major", "request"),
    noticed: "by tests",
  },
  {
    title: "a query parameter is no longer exploded",
    edits: [set(`${LIST}/parameters/0/explode`, false)],
    ...both("patch", "request"),
  },
  {
    title: "a field is writeOnly",
    edits: [set(`${NAME}/writeOnly`, true)],
    ...both("patch", "request"),
  },
  {
    title: "items must be unique",
    edits: [set(`${EVENTS}/uniqueItems`, true)],
    ...narrows("request"),
    noticed: "by tests",
  },
  {
    title: "a field that is a reference is readOnly",
    edits: [set(`${REQUEST}/properties/status/readOnly`, true)],
    ...both("major", "request"),
  },
  {
    title: "a field is required beside a $ref",
    edits: [set(`${REQUEST}/properties/address/required`, ["zip"])],
    ...narrows("request"),
  },
  {
    title: "a limit is set beside a $ref",
    edits: [set(`${REQUEST}/properties/address/minProperties`, 2)],
    ...narrows("request"),
  },
  {
    title: "the values of a map may be anything",
    edits: [set(`${REQUEST}/properties/labels/additionalProperties`, true)],
    ...widens("request"),
  },
  {
    title: "a query parameter becomes required, in a path item in the components",
    edits: [set(`${KEY}/parameters/1/required`, true)],
    ...narrows("request"),
  },
  {
    title: "a query parameter is added, in a path item in the components",
    edits: [addItems(`${KEY}/parameters`, { name: "page", in: "query", schema: { type: "integer" } })],
    ...widens("request"),
  },
  {
    title: "a limit is set, in a path item in the components",
    edits: [set(`${KEY}/parameters/1/schema/maxLength`, 3)],
    ...narrows("request"),
  },
  {
    title: "an operation takes an optional body",
    edits: [set(`${GET}/requestBody`, { content: { "application/json": { schema: schemaRef("UserInfo") } } })],
    made: ["major", "request"],
    undone: ["major", "name", "request"],
  },
  {
    title: "the first items have schemas of their own",
    edits: [set(`${EVENTS}/prefixItems`, [{ type: "string" }])],
    ...both("major", "request"),
  },
  {
    title: "one field requires another",
    edits: [set(`${REQUEST}/dependentSchemas`, { comment: { required: ["score"] } })],
    ...narrows("request"),
  },
  {
    title: "an object of any fields names one",
    edits: [set(`${REQUEST}/properties/settings/properties`, { color: { type: "string" } })],
    ...both("major", "request"),
  },
  {
    title: "the name of a header parameter changes its case",
    edits: [set(`${LIST}/parameters/2/name`, "x-trace")],
    ...both("major", "request"),
  },
  {
    title: "a discriminator names a property that may be any text",
    edits: [set(`${REQUEST}/properties/target/discriminator`, { propertyName: "kind" })],
    ...both("major", "request"),
  },
  {
    title: "a discriminator names a property that is constant in each schema",
    edits: [
      set(`${REQUEST}/properties/target/discriminator`, {
        propertyName: "name",
        mapping: { Url: "#/components/schemas/UrlTarget", Queue: "QueueTarget" },
      }),
    ],
    ...both("patch", "request"),
  },
  {
    title: "one field requires two others instead of one",
    edits: [set(`${REQUEST}/dependentRequired/comment`, ["score", "note"])],
    ...both("major", "request"),
  },
  {
    title: "multipleOf gets smaller",
    edits: [set(`${REQUEST}/properties/score/multipleOf`, 0.1)],
    ...widens("request"),
  },
  {
    title: "an exclusive limit is set beside an inclusive one",
    edits: [set(`${REQUEST}/properties/score/minimum`, 1), set(`${REQUEST}/properties/score/exclusiveMinimum`, 1)],
    ...narrows("request"),
  },
  { title: "items may be anything", edits: [remove(`${EVENTS}/items`)], ...widens("request") },
  {
    title: "a field that could be anything is a text",
    edits: [set(`${REQUEST}/properties/anything`, { type: "string" })],
    ...narrows("request"),
  },
  {
    title: "a field is dropped",
    edits: [remove(CONTACT), removeItem(`${REQUEST}/required`, "technicalContactId")],
    noticed: "by tests",
  },
  {
    title: "a field is renamed",
    edits: [rename(`${REQUEST}/properties/url`, "targetUrl"), replaceItem(`${REQUEST}/required`, "url", "targetUrl")],
    noticed: "by tests",
  },
  { title: "a lower limit of a text is dropped", edits: [remove(`${NAME}/minLength`)], noticed: "by tests" },
  {
    title: "a lower limit of a text falls",
    edits: [replace(`${REQUEST}/properties/url/minLength`, 0)],
    noticed: "by tests",
  },
  { title: "a lower limit of a list is dropped", edits: [remove(`${EVENTS}/minItems`)], noticed: "by tests" },
  { title: "a lower limit of a list rises", edits: [replace(`${EVENTS}/minItems`, 2)], noticed: "by tests" },
  {
    title: "an upper limit falls by one",
    edits: [replace(`${EVENTS}/maxItems`, 2_147_483_646)],
    noticed: { byReferenceAlone: "A body of 2,147,483,647 events is too long to be sent." },
  },
  { title: "an event is dropped", edits: [removeItem(EVENT_NAMES, "USER_LOGIN")], noticed: "by tests" },
  { title: "an event is added", edits: [addItems(EVENT_NAMES, "EXPORT_FAILED")], noticed: "by tests" },
  {
    title: "an event is renamed",
    edits: [replaceItem(EVENT_NAMES, "UNMAPPED_ACCOUNTS", "UNMAPPED_ACCOUNTS_DETECTED")],
    noticed: "by tests",
  },
  {
    title: "a status is dropped",
    edits: [removeItem(`${SCHEMAS}/WebhookStatus/enum`, "INACTIVE")],
    noticed: "by tests",
  },
  {
    title: "a query parameter may be empty",
    edits: [set(`${LIST}/parameters/0/allowEmptyValue`, true)],
    ...widens("request"),
  },
  {
    title: "a readOnly anyOf loses null",
    edits: [set(`${REQUEST}/properties/reviewer/anyOf`, [schemaRef("Address")])],
    ...narrows("request"),
  },
  {
    title: "a pattern becomes one that every text matches",
    edits: [set(`${REQUEST}/properties/code/pattern`, ".*")],
    ...widens("request"),
  },
  {
    title: "a field is required beside the $ref of the body",
    edits: [set(`${CREATE}/requestBody/${JSON_BODY}/schema/required`, ["comment"])],
    // The body is no longer the component, so it has a name of its own.
    made: ["major", "name", "request"],
    undone: ["major", "name"],
  },
  {
    title: "a number has an upper limit",
    edits: [set(`${LIST}/parameters/1/schema/maximum`, 50)],
    ...narrows("request"),
  },
  {
    title: "any status may be sent",
    edits: [replace(`${REQUEST}/properties/status/$ref`, "#/components/schemas/AnyWebhookStatus")],
    noticed: "by tests",
  },
  {
    title: "a path parameter is optional",
    edits: [replace(`${GET}/parameters/0/required`, false)],
    noticed: "by tests",
  },
  {
    title: "an operation without a query gets a required parameter",
    edits: [add(`${GET}/parameters/1`, query(true))],
    noticed: "by tests",
  },
  {
    title: "an operation without a query gets an optional parameter",
    edits: [add(`${GET}/parameters/1`, query(false))],
    noticed: { byReferenceAlone: "Calls without it stay valid, in TypeScript and on the wire." },
  },
];
