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
