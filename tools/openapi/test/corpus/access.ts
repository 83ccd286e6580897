import { edits } from "../../src/index.ts";
import { both, type Change, widens } from "./change.ts";
import { GET, KEY } from "./places.ts";

const { addItems, rename, replace, replaceText, set } = edits;

/** Changes of where the API is and how calls are authenticated. */
export const ACCESS: readonly Change[] = [
  { title: "a call needs no token", edits: [set(`${GET}/security`, [])], ...widens("security"), noticed: "by tests" },
  {
    title: "a second security scheme is added",
    edits: [
      set("/components/securitySchemes/key", { type: "apiKey", in: "header", name: "x-api-key" }),
      addItems("/security", { key: [] }),
    ],
    ...widens("security"),
  },
  {
    title: "the security scheme is another one",
    edits: [set("/components/securitySchemes/bearer", { type: "http", scheme: "basic" })],
    ...both("major", "security"),
    noticed: "by tests",
  },
  {
    title: "the security scheme is a key in a cookie",
    edits: [set("/components/securitySchemes/bearer", { type: "apiKey", in: "cookie", name: "token" })],
    noticed: "by tests",
  },
  {
    title: "an operation has a server of its own",
    edits: [set(`${GET}/servers`, [{ url: "https://webhooks.mindbridge.example" }])],
    noticed: "by tests",
  },
  { title: "the document is one of OpenAPI 3.0", edits: [set("/openapi", "3.0.3")], noticed: "by tests" },
  {
    title: "a call needs no token, in a path item in the components",
    edits: [set(`${KEY}/security`, [])],
    ...widens("security"),
  },
  {
    title: "a scope has another description, and another scope is added",
    edits: [
      set("/components/securitySchemes/oauth/flows/clientCredentials/scopes", {
        read: "Another.",
        write: "Write.",
      }),
    ],
    ...both("none"),
  },
  {
    title: "a token comes from another address",
    edits: [
      set("/components/securitySchemes/oauth/flows/clientCredentials/tokenUrl", "https://mindbridge.example/other"),
    ],
    ...both("major", "security"),
  },
  {
    title: "the API moves to another host",
    edits: [replaceText("mindbridge.ai/api", "mindbridge.example/api")],
    ...both("minor", "address"),
    noticed: { byReferenceAlone: "The mock listens on an address of its own, and to TypeScript an address is a text." },
  },
  {
    title: "the server has another variable",
    edits: [
      set("/servers/0/url", "https://{tenant}.{region}.mindbridge.ai/api"),
      set("/servers/0/variables/region", { default: "eu" }),
    ],
    ...both("major", "address"),
  },
  {
    title: "a server variable has another pattern",
    edits: [set("/servers/0/variables/tenant/x-pattern", "^[a-z]+$")],
    ...both("major", "address"),
    noticed: {
      byReferenceAlone:
        "The mock has no tenants, and to TypeScript a pattern is a text. The client's tests refuse such tenants.",
    },
  },
  {
    title: "a second server is listed",
    edits: [addItems("/servers", { url: "https://other.example.com/api" })],
    ...both("patch", "address"),
  },
  {
    title: "the security scheme is a key in a header",
    edits: [replace("/components/securitySchemes/bearer", { type: "apiKey", in: "header", name: "X-Api-Key" })],
    noticed: "by tests",
  },
  { title: "authentication is optional", edits: [replace("/security", [{}, { bearer: [] }])], noticed: "by tests" },
  {
    title: "the base path is dropped",
    edits: [replace("/servers/0/url", "https://{tenant}.mindbridge.ai")],
    noticed: {
      byReferenceAlone: "The mock serves paths without the base path, and to TypeScript an address is a text.",
    },
  },
  {
    title: "a server variable is renamed",
    edits: [
      replace("/servers/0/url", "https://{name}.mindbridge.ai/api"),
      rename("/servers/0/variables/tenant", "name"),
    ],
    noticed: "by tests",
  },
  {
    title: "a server variable has another default",
    edits: [replace("/servers/0/variables/tenant/default", "example")],
    noticed: { byNobody: "It only stands for a tenant in what people read: the client has no default." },
  },
];
