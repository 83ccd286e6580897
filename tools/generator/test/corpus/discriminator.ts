import { json, type Kind, object, operation, ref } from "./kind.ts";

const kind = { type: "string" };

/** A choice by a property, whose values stand in a mapping or are the names of the schemas. */
export const discriminator: Kind = {
  document: {
    paths: {
      "/shapes": { post: operation("shapes.create", { requestBody: { required: true, ...json(ref("Shape")) } }) },
      "/panels": { post: operation("panels.create", { requestBody: { required: true, ...json(ref("Panel")) } }) },
      "/steps": { post: operation("steps.create", { requestBody: { required: true, ...json(ref("Step")) } }) },
    },
    components: {
      schemas: {
        Shape: {
          oneOf: [ref("Circle"), ref("Square")],
          discriminator: {
            propertyName: "kind",
            mapping: { round: "Circle", circle: "#/components/schemas/Circle", square: "#/components/schemas/Square" },
          },
        },
        Circle: object({ kind, radius: { type: "number" } }),
        Square: object({ kind, side: { type: "number" } }),
        // Without the mapping, a value may match both.
        Panel: {
          oneOf: [ref("Section"), ref("Divider")],
          discriminator: {
            propertyName: "kind",
            mapping: { section: "#/components/schemas/Section", divider: "#/components/schemas/Divider" },
          },
        },
        Section: { type: "object", required: ["kind"], properties: { kind, title: { type: "string", minLength: 2 } } },
        Divider: { type: "object", required: ["kind"], properties: { kind } },
        Step: { oneOf: [ref("Walk"), ref("Ride")], discriminator: { propertyName: "kind" } },
        Walk: object({ kind, shoes: { type: "string" } }),
        Ride: object({ kind: { const: "by-bus" }, line: { type: "integer" } }),
      },
    },
  },
  program: `
import type { Shape, Step } from "@mindbridge-sdk/client";
export function size(shape: Shape): number {
  return shape.kind === "square" ? shape.side : shape.radius;
}
export const line = (step: Step): number => (step.kind === "by-bus" ? step.line : 0);
// @ts-expect-error There is no such kind.
export const nonsense: Shape = { kind: "nonsense", side: 1 };
`,
  bodies: {
    Shape: {
      valid: [
        { kind: "circle", radius: 1 },
        { kind: "round", radius: 1 },
        { kind: "square", side: 1 },
      ],
      invalid: [{ kind: "nonsense", side: 1 }, { kind: "square", radius: 1 }, { side: 1 }],
    },
    Step: {
      valid: [
        { kind: "Walk", shoes: "red" },
        { kind: "by-bus", line: 1 },
      ],
      invalid: [
        { kind: "nonsense", shoes: "red" },
        { kind: "Ride", line: 1 },
      ],
    },
    Panel: {
      valid: [{ kind: "section", title: "One" }, { kind: "divider" }],
      invalid: [{ kind: "section", title: "1" }, { kind: "image" }],
    },
  },
  calls: [
    { operation: "panels.create", arguments: [{ kind: "divider" }], answer: { status: 204 } },
    { operation: "panels.create", arguments: [{ kind: "section", title: "One" }], answer: { status: 204 } },
  ],
};

const actor = (mapping: object): Kind["document"] => ({
  paths: {
    "/deeds/{deedId}": {
      get: operation("deeds.get", {
        parameters: [{ name: "deedId", in: "path", required: true, description: "Its id.", schema: kind }],
        responses: { 200: { description: "The deed.", ...json(object({ by: ref("Actor") })) } },
      }),
    },
  },
  components: {
    schemas: {
      Actor: object({ kind }, { discriminator: { propertyName: "kind", mapping } }),
      UserActor: { allOf: [ref("Actor"), object({ id: kind })] },
      AppActor: { allOf: [ref("Actor"), object({ key: kind })] },
    },
  },
});

/** A discriminator beside the properties that other schemas extend. */
export const inheritance: Kind = {
  document: actor({ user: "#/components/schemas/UserActor", app: "AppActor" }),
  refused: {
    rule: "discriminators",
    message: /no properties of the schemas that extend it \(`UserActor`, `AppActor`\).*a `oneOf` of them/,
    line: `"discriminator": {`,
  },
};

export const mappingToNothing: Kind = {
  document: actor({ user: "UserActr" }),
  refused: {
    rule: "discriminators",
    message: /^The `mapping` names `UserActr`, .* Did you mean `UserActor`\?$/,
    line: `"user": "UserActr"`,
  },
};
