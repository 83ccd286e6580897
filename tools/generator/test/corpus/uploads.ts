import { type Kind, object, operation } from "./kind.ts";

const FILE = { type: "string", contentMediaType: "application/octet-stream" };

/** Bodies that are no JSON: forms with files and without, bytes, and text. */
export const uploads: Kind = {
  document: {
    paths: {
      "/files": {
        post: operation("files.upload", {
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: ["file"],
                  properties: {
                    file: { ...FILE, description: "What to keep." },
                    pages: { type: "array", items: { type: "string", format: "binary" } },
                    title: { type: "string" },
                    size: { type: "integer" },
                    labels: { type: "array", items: { type: "string" } },
                    place: object({ folder: { type: "string" } }),
                  },
                },
                encoding: {
                  file: { contentType: "image/png, image/jpeg" },
                  place: { contentType: "application/json" },
                },
              },
            },
          },
        }),
        put: operation("files.replace", {
          requestBody: { required: true, content: { "application/octet-stream": {} } },
        }),
        patch: operation("files.describe", {
          requestBody: { content: { "text/markdown": { schema: { type: "string" } } } },
        }),
        delete: operation("files.search", {
          requestBody: {
            required: true,
            content: {
              "application/x-www-form-urlencoded": {
                schema: {
                  type: "object",
                  required: ["words"],
                  properties: { words: { type: "array", items: { type: "string" } }, exact: { type: "boolean" } },
                },
                example: { words: ["deep", "sea"], exact: true },
              },
            },
          },
        }),
      },
    },
  },
  program: `
import { MindBridge } from "@mindbridge-sdk/client";
const client = new MindBridge({ tenant: "acme", token: "secret" });
void client.files.upload({ file: new File(["a"], "a.png"), pages: [new Blob(["b"])], place: { folder: "c" } });
void client.files.upload(new FormData());
void client.files.replace(new Uint8Array([1]));
void client.files.replace(new Blob(["a"]).stream());
void client.files.describe("# A file");
void client.files.describe();
void client.files.search({ words: ["a"] });
// @ts-expect-error A file is no text.
void client.files.upload({ file: "a.png" });
// @ts-expect-error An object is neither bytes nor text.
void client.files.replace({ file: new Blob(["a"]) });
`,
  flags: {
    "files upload": ["--file (required)", "--pages", "--title", "--size", "--labels", "--place"],
    "files replace": ["--file (required)"],
    "files describe": ["--file"],
    "files search": ["--words (required)", "--exact"],
  },
  calls: [
    {
      operation: "files.upload",
      mocked: false,
      arguments: [
        {
          file: new File(["a"], "a.png", { type: "image/png" }),
          pages: [new Blob(["b"]), new Blob(["c"])],
          title: "A file",
          size: 0,
          labels: ["x", "y"],
          place: { folder: "z" },
          missing: undefined,
        },
      ],
      sends: {
        form: {
          file: ["a.png image/png a"],
          pages: ["blob application/octet-stream b", "blob application/octet-stream c"],
          title: ["A file"],
          size: ["0"],
          labels: ["x", "y"],
          place: ['blob application/json {"folder":"z"}'],
        },
      },
    },
    {
      operation: "files.replace",
      mocked: false,
      arguments: [new Uint8Array([104, 105])],
      sends: { text: "hi", headers: { "content-type": "application/octet-stream" } },
    },
    {
      operation: "files.replace",
      mocked: false,
      arguments: [new Blob(["hi"], { type: "image/png" })],
      sends: { text: "hi", headers: { "content-type": "image/png" } },
    },
    {
      operation: "files.describe",
      arguments: ["# Grüße", { headers: { "Content-Type": "text/markdown; charset=utf-8" } }],
      sends: { text: "# Grüße", headers: { "content-type": "text/markdown; charset=utf-8" } },
    },
    { operation: "files.describe", arguments: [], sends: { text: "", headers: { "content-type": null } } },
    {
      operation: "files.search",
      mocked: false,
      arguments: [{ words: ["a b", "c&d"], exact: false }],
      sends: {
        text: "words=a+b&words=c%26d&exact=false",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    },
  ],
};

/** Forms that break what the document says of them, of parts and of text. */
export const validatedForms: Kind = {
  document: {
    paths: {
      "/applications": {
        post: operation("applications.send", {
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: { $ref: "#/components/schemas/Application" },
                encoding: { letter: { contentType: "application/pdf" } },
              },
            },
          },
        }),
        put: operation("applications.pay", {
          requestBody: {
            content: {
              "application/x-www-form-urlencoded": {
                schema: object(
                  { amount: { type: "integer", minimum: 1 }, tags: { type: "array", items: { type: "string" } } },
                  { required: ["amount"], additionalProperties: false },
                ),
              },
            },
          },
        }),
      },
    },
    components: {
      schemas: {
        Application: object(
          {
            id: { type: "string", readOnly: true },
            letter: FILE,
            pages: { type: "array", items: FILE, maxItems: 2 },
            person: { $ref: "#/components/schemas/Applicant" },
          },
          { required: ["letter", "person"], additionalProperties: false },
        ),
        Applicant: object({ name: { type: "string", minLength: 2 } }),
      },
    },
  },
  calls: [
    {
      operation: "applications.send",
      mocked: false,
      arguments: [{ id: "1", letter: new Blob(["a"]), pages: [new File(["b"], "b")], person: { name: "Ada" } }],
      sends: {
        form: {
          letter: ["blob application/pdf a"],
          pages: ["b application/octet-stream b"],
          person: ['blob application/json {"name":"Ada"}'],
        },
      },
    },
    {
      operation: "applications.send",
      mocked: false,
      arguments: [formOfOne("name", "Ada")],
      sends: { form: { name: ["Ada"] } },
    },
    {
      operation: "applications.pay",
      mocked: false,
      arguments: [{ amount: 1, tags: ["a"] }],
      sends: { text: "amount=1&tags=a" },
    },
    { operation: "applications.pay", arguments: [], sends: { text: "" } },
  ],
  refusedCalls: [
    {
      operation: "applications.send",
      arguments: [{ letter: "a.pdf", pages: [new Blob(["b"]), "c"], person: { name: "A" }, more: 1 }],
      problems: ["/letter type", "/pages/1 type", "/person/name minLength", "/more additionalProperties"],
    },
    { operation: "applications.send", arguments: [], problems: [" type"] },
    {
      operation: "applications.pay",
      arguments: [{ amount: 0, tags: "a", note: "b" }],
      problems: ["/amount minimum", "/tags type", "/note additionalProperties"],
    },
  ],
};

function formOfOne(name: string, value: string): FormData {
  const form = new FormData();
  form.append(name, value);
  return form;
}

/** Files in a form whose media type the document says. */
export const fileTypes: Kind = {
  document: {
    paths: {
      "/pictures": {
        post: operation("pictures.add", {
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: ["picture"],
                  properties: {
                    picture: { type: "string", contentMediaType: "image/png" },
                    pages: { type: "array", items: { type: "string", format: "binary" } },
                    mask: { ...FILE },
                    anything: { ...FILE },
                  },
                },
                encoding: { pages: { contentType: "text/csv" }, mask: { contentType: "image/png, image/gif" } },
              },
            },
          },
        }),
      },
    },
  },
  calls: [
    {
      operation: "pictures.add",
      mocked: false,
      arguments: [
        {
          picture: new File(["a"], "a.png"),
          pages: [new Blob(["b"]), new File(["c"], "c.txt", { type: "text/plain" })],
          mask: new Blob(["d"]),
          anything: new Blob(["e"]),
        },
      ],
      sends: {
        form: {
          picture: ["a.png image/png a"],
          pages: ["blob text/csv b", "c.txt text/plain c"],
          mask: ["blob application/octet-stream d"],
          anything: ["blob application/octet-stream e"],
        },
      },
    },
  ],
};

/** A document with an operation that sends a form. */
function formOf(schema: object, encoding: object): Kind["document"] {
  const content = { "multipart/form-data": { schema, encoding } };
  return { paths: { "/parts": { post: operation("parts.send", { requestBody: { required: true, content } }) } } };
}

const charge = (metadata: object): Kind["document"] => ({
  paths: {
    "/charges": {
      post: operation("charges.create", {
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: ["amount"],
                properties: { amount: { type: "integer" }, metadata, options: object({ a: { type: "string" } }) },
              },
              encoding: { metadata: { style: "deepObject", explode: true } },
            },
          },
        },
      }),
    },
  },
});

/** An object in a form without files whose properties are fields of the form. */
export const deepObjectInForm: Kind = {
  document: charge({ type: "object", additionalProperties: { type: "string" } }),
  calls: [
    {
      operation: "charges.create",
      arguments: [{ amount: 5, metadata: { order: "a b", "x&y": "1" }, options: { a: "b" } }],
      mocked: false,
      sends: {
        text: "amount=5&metadata%5Border%5D=a+b&metadata%5Bx%26y%5D=1&options=%7B%22a%22%3A%22b%22%7D",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    },
    { operation: "charges.create", arguments: [{ amount: 5 }], mocked: false, sends: { text: "amount=5" } },
  ],
};

/** An object within it, of which OpenAPI does not say how it is written. */
export const nestedDeepObjectInForm: Kind = {
  document: charge(object({ card: object({ number: { type: "string" } }) })),
  refused: {
    rule: "media-types",
    message: /an object as JSON, or as `deepObject` if it holds no list and no object\. Describe `metadata` so/,
    line: '"requestBody": {',
  },
};

/** A form whose parts have headers, which a FormData cannot have. */
export const partHeaders: Kind = {
  document: formOf(object({ file: FILE }), { file: { headers: { "X-Part": { schema: { type: "string" } } } } }),
  refused: { rule: "media-types", message: /without `headers`.*`file`/, line: '"requestBody": {' },
};

/** A part that is a text, and has the media type of a file. */
export const partType: Kind = {
  document: formOf(object({ file: FILE, drawing: { type: "string" } }), { drawing: { contentType: "image/svg+xml" } }),
  refused: {
    rule: "media-types",
    message: /`drawing` as `text\/plain`, not as `image\/svg\+xml`/,
    line: '"requestBody": {',
  },
};
