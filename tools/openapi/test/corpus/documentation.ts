import { edits } from "../../src/index.ts";
import { both, type Change } from "./change.ts";
import {
  COMPLETED,
  CONTACT,
  CREATE,
  EVENTS,
  GET,
  LIST,
  NAME,
  REQUEST,
  RESPONSE,
  SCHEMAS,
  schemaRef,
} from "./places.ts";

const { copy, remove, rename, set } = edits;

/** Changes of what users read, and of the way in which the document is written. */
export const DOCUMENTATION: readonly Change[] = [
  {
    title: "the description of the document",
    edits: [set("/info/description", "Another one.")],
    ...both("patch", "documentation"),
  },
  {
    title: "the description of an operation",
    edits: [set(`${GET}/description`, "Another one.")],
    ...both("patch", "documentation"),
  },
  {
    title: "the summary of a delivery",
    edits: [set(`${COMPLETED}/summary`, "Another one.")],
    ...both("patch", "documentation"),
  },
  {
    title: "the description of a field",
    edits: [set(`${NAME}/description`, "Another one.")],
    ...both("patch", "documentation"),
  },
  {
    title: "the description of a response",
    edits: [set(`${CREATE}/responses/201/description`, "Another one.")],
    ...both("patch", "documentation"),
  },
  {
    title: "the example of a response",
    edits: [set("/components/examples/Webhook/value/version", 2)],
    ...both("patch", "documentation"),
  },
  {
    title: "the example of a parameter",
    edits: [set(`${GET}/parameters/0/example`, "another")],
    ...both("patch", "documentation"),
  },
  {
    title: "where a description comes from",
    edits: [set(`${GET}/x-source`, "Elsewhere")],
    ...both("none", "documentation"),
  },
  {
    title: "what the vendor publishes of an operation",
    edits: [set(`${GET}/x-basis`, "general-rule")],
    ...both("none", "documentation"),
    noticed: { byReferenceAlone: "people read it" },
  },
  {
    title: "the dialect of the schemas",
    edits: [set("/jsonSchemaDialect", "https://example.com/dialect")],
    ...both("patch", "documentation"),
  },
  {
    title: "a link to another operation",
    edits: [set(`${CREATE}/responses/201/links`, { get: { operationId: "webhooks.get" } })],
    ...both("patch", "documentation"),
  },
  { title: "the version of OpenAPI", edits: [set("/openapi", "3.1.2")], ...both("patch", "documentation") },
  { title: "the version", edits: [set("/info/version", "9.9.9")], ...both("none", "documentation") },
  {
    title: "the order of fields",
    edits: [
      copy(`${RESPONSE}/properties/id`, "/components/schemas/Webhook/properties/last"),
      remove(`${RESPONSE}/properties/id`),
      rename(`${RESPONSE}/properties/last`, "id"),
    ],
    ...both("none"),
  },
  {
    title: "a schema is written in another way",
    edits: [set(`${RESPONSE}/properties/name/allOf`, [{ type: "string" }]), remove(`${RESPONSE}/properties/name/type`)],
    ...both("patch", "documentation"),
  },
  {
    title: "a field that may be null is written in another way",
    edits: [set(`${REQUEST}/properties/note`, { anyOf: [{ type: "string", maxLength: 100 }, { type: "null" }] })],
    ...both("patch", "documentation"),
  },
  {
    title: "a $ref is written in an allOf",
    edits: [set(`${REQUEST}/properties/address`, { allOf: [schemaRef("Address")] })],
    ...both("none"),
  },
  {
    title: "a description beside a $ref",
    edits: [set(`${REQUEST}/properties/address/description`, "Where the receiver stands.")],
    ...both("patch", "documentation"),
  },
];

/** An extension of OpenAPI, added in each kind of place. */
export const EXTENSIONS: readonly Change[] = Object.entries({
  document: "",
  operation: GET,
  parameter: `${LIST}/parameters/0`,
  response: `${CREATE}/responses/201`,
  schema: RESPONSE,
  field: NAME,
  "security scheme": "/components/securitySchemes/bearer",
}).map(([where, at]) => ({
  title: `of a ${where}`,
  edits: [set(`${at}/x-meta`, { of: ["a", { value: 1 }] })],
  ...both("none", "documentation"),
}));

/** What a keyword means where it is not stated, stated. */
export const DEFAULTS: readonly Change[] = Object.entries({
  [`${EVENTS}/uniqueItems`]: false,
  [`${NAME}/nullable`]: false,
  [`${CONTACT}/minLength`]: 0,
  [`${RESPONSE}/properties/url/minLength`]: 0,
  [`${RESPONSE}/properties/events/minItems`]: 0,
  [`${REQUEST}/properties/labels/minProperties`]: 0,
  [`${NAME}/readOnly`]: false,
  [`${RESPONSE}/properties/name/writeOnly`]: false,
  [`${NAME}/deprecated`]: false,
  [`${GET}/deprecated`]: false,
  [`${SCHEMAS}/UserInfo/required`]: [],
  [`${LIST}/parameters/0/required`]: false,
  [`${LIST}/parameters/0/allowReserved`]: false,
  "/components/headers/X-User-Hour-Limit-Remaining/required": false,
}).map(([at, value]) => ({ title: at, edits: [set(at, value)], ...both("none") }));
