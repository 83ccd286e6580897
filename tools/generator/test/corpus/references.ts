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
