import { json, type Kind, object, operation } from "./kind.ts";

const named = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Names of schemas as other people give them. */
export const schemaNames: Kind = {
  document: {
    paths: {
      "/guests": {
        post: operation("guests.create", { requestBody: { required: true, ...json(named("simple-guest")) } }),
      },
    },
    components: {
      schemas: {
        "simple-guest": object({ room: named("hotel.room") }),
        "hotel.room": { oneOf: [named("double-room"), named("suite")], discriminator: { propertyName: "kind" } },
        "double-room": object({ kind: { const: "double" }, beds: { type: "integer" } }),
        suite: object({ kind: { const: "suite" }, view: { type: "string" } }),
      },
    },
  },
  program: `
import type { HotelRoom, SimpleGuest } from "@mindbridge-sdk/client";
export const room: HotelRoom = { kind: "double", beds: 2 };
export const guest: SimpleGuest = { room };
`,
  bodies: {
    SimpleGuest: {
      valid: [{ room: { kind: "double", beds: 2 } }, { room: { kind: "suite", view: "sea" } }],
      invalid: [{ room: { kind: "suite", beds: 2 } }, { room: { kind: "tent" } }],
    },
  },
};

/** Schemas that have the names of things that the client exports. */
export const namesOfClient: Kind = {
  document: {
    paths: {
      "/mistakes": {
        post: operation("mistakes.report", {
          requestBody: { required: true, ...json(named("ValidationError")) },
          responses: { 200: { description: "What came of it.", ...json(named("Outcome")) } },
        }),
      },
    },
    components: {
      schemas: {
        ValidationError: object({ field: { type: "string" } }),
        Outcome: object({ kept: { type: "boolean" } }),
      },
    },
  },
  warnings: [
    {
      rule: "hidden-types",
      message: /^The client exports a `ValidationError` of its own, .* from `@mindbridge-sdk\/contract`\.$/,
      line: '"ValidationError": {',
    },
    { rule: "hidden-types", message: /a `Outcome` of its own/, line: '"Outcome": {' },
  ],
  program: `
import { type MindBridge, ValidationError } from "@mindbridge-sdk/client";
import type * as Contract from "@mindbridge-sdk/contract";
export async function report(client: MindBridge, mistake: Contract.ValidationError): Promise<boolean> {
  const { kept }: Contract.Outcome = await client.mistakes.report(mistake);
  return kept && !(mistake instanceof ValidationError);
}
`,
};
