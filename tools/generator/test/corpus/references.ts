import { json, type Kind, object, operation, ref } from "./kind.ts";

const text = { type: "string" };
const colour = { type: "string", enum: ["red", "blue"] };

/** References with constraints beside them, and references below a schema's properties and into paths. */
export const references: Kind = {
  document: {
    paths: {
      "/paints": {
        post: operation("paints.create", {
          requestBody: {
            required: true,
            ...json({ ...ref("Paint"), required: ["shade"], description: "With its shade." }),
          },
          responses: {
            200: { description: "The colour.", ...json({ $ref: "#/components/schemas/Paint/properties/colour" }) },
          },
        }),
        put: operation("paints.mix", {
          requestBody: {
            required: true,
            ...json(
              object({
                with: { $ref: "#/paths/~1paints/post/requestBody/content/application~1json/schema" },
                colours: { type: "array", items: { $ref: "#/components/schemas/Paint/properties/colour" } },
              }),
            ),
          },
        }),
      },
    },
    components: { schemas: { Paint: object({ colour, shade: text }, { required: ["colour"] }) } },
  },
  warnings: [
    {
      rule: "ref-siblings",
      message: /`required` beside a `\$ref`.*Put both into an `allOf`/,
      line: `"schema": {`,
    },
  ],
  program: `
import type { MindBridge, PaintsMixBody } from "@mindbridge-sdk/client";
export async function paint(client: MindBridge): Promise<"red" | "blue"> {
  // @ts-expect-error The shade is required here.
  await client.paints.create({ colour: "red" });
  return client.paints.create({ colour: "red", shade: "dark" });
}
// @ts-expect-error The shade is required here, too.
export const mixed: PaintsMixBody = { with: { colour: "red" }, colours: [] };
`,
  bodies: {
    PaintsCreateBody: {
      valid: [{ colour: "red", shade: "dark" }],
      invalid: [{ colour: "red" }, { colour: "green", shade: "" }],
    },
    PaintsMixBody: {
      valid: [{ with: { colour: "red", shade: "dark" }, colours: ["blue"] }],
      invalid: [
        { with: { colour: "red" }, colours: [] },
        { with: { colour: "red", shade: "dark" }, colours: ["green"] },
      ],
    },
  },
};

/** A reference that leads below the schema that holds it: a copy of what it leads to would have no end. */
export const referenceToItself: Kind = {
  document: {
    paths: { "/nests": { post: operation("nests.create", { requestBody: { required: true, ...json(ref("Nest")) } }) } },
    components: {
      schemas: {
        Nest: object({ inner: { type: "array", items: { $ref: "#/components/schemas/Nest/properties/inner" } } }),
      },
    },
  },
  refused: {
    rule: "schema-recursion",
    message: /holds itself, and has no name. Make it a component/,
    line: `"inner": {`,
  },
};

/** A schema that is nothing but a reference to itself. */
export const aliasOfItself: Kind = {
  document: {
    paths: {
      "/echoes": { get: operation("echoes.get", { responses: { 200: { description: "It.", ...json(ref("Echo")) } } }) },
    },
    components: { schemas: { Echo: ref("Echo") } },
  },
  refused: { rule: "no-unresolved-refs", message: /leads back to itself/, line: `"$ref": "#/components/schemas/Echo"` },
};

/** A property called `$ref`, which an example has, too. */
export const referenceInExample: Kind = {
  document: {
    paths: {
      "/members": {
        put: operation("members.replace", {
          requestBody: {
            required: true,
            ...json(object({ manager: object({ id: text, $ref: text }) }), {
              example: { manager: { id: "26", $ref: "../Users/26" } },
            }),
          },
        }),
      },
    },
  },
  refused: { rule: "examples", message: /takes each property `\$ref` for a reference/, line: `"$ref": "../Users/26"` },
};

/** The same without the example. */
export const propertyCalledReference: Kind = {
  document: {
    paths: {
      "/managers": {
        put: operation("managers.replace", {
          requestBody: {
            required: true,
            ...json({
              type: "object",
              properties: { id: text, $ref: text, default: text, example: { type: "object" } },
            }),
          },
        }),
      },
    },
  },
  calls: [
    {
      operation: "managers.replace",
      arguments: [{ id: "26", $ref: "../Users/26" }],
      answer: { status: 204 },
      sends: { body: { id: "26", $ref: "../Users/26" } },
    },
  ],
};
