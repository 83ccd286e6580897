import { json, type Kind, object, ref } from "./kind.ts";

const data = (properties: object) => object(properties);
const text = { type: "string" };
const delivery = (schema: object, more: object = {}): Kind["document"] => ({
  post: {
    summary: "Something happened.",
    security: [],
    requestBody: { required: true, ...json(schema, more) },
    responses: { "2XX": { description: "Taken." }, "4XX": { description: "Not taken." } },
  },
});

/** Deliveries that stand for several events: of one body, of named bodies, and of bodies that a discriminator tells apart. */
export const severalEvents: Kind = {
  document: {
    webhooks: {
      members: delivery(object({ type: { enum: ["member.added", "member.removed"] }, data: data({ id: text }) })),
      crates: delivery(
        { oneOf: [ref("CrateSent"), ref("CrateLost")] },
        { examples: { lost: { value: { type: "crate.lost", data: { place: "b" } } } } },
      ),
      boats: delivery({
        oneOf: [ref("BoatLeft"), ref("BoatCame")],
        discriminator: {
          propertyName: "type",
          mapping: { "boat.left": "#/components/schemas/BoatLeft", "boat.came": "#/components/schemas/BoatCame" },
        },
      }),
      lamps: delivery(
        {
          oneOf: [ref("LampLit"), ref("LampOut")],
          discriminator: {
            propertyName: "type",
            mapping: { "lamp.lit": "#/components/schemas/LampLit", "lamp.out": "#/components/schemas/LampOut" },
          },
        },
        { examples: { lit: { value: { type: "lamp.lit", data: { id: "1" } } } } },
      ),
    },
    components: {
      schemas: {
        LampLit: object({ type: text, data: data({ id: text }) }),
        LampOut: object({ type: text, data: data({ id: text }) }),
        CrateSent: object({ type: { const: "crate.sent" }, data: data({ to: text }) }),
        CrateLost: object({ type: { const: "crate.lost" }, data: data({ place: text }) }),
        BoatLeft: object({ type: text, data: data({ pier: text }) }),
        BoatCame: object({ type: text, data: data({ crew: { type: "integer" } }) }),
      },
    },
  },
  program: `
import type { CrateLost, Deliveries } from "@mindbridge-sdk/contract";
export const lost: CrateLost = {} as Deliveries["crate.lost"];
export const place: string = ({} as Deliveries["crate.lost"]).data.place;
export const crew: number = ({} as Deliveries["boat.came"]).data.crew;
export const added: "member.added" = ({} as Deliveries["member.added"]).type;
// @ts-expect-error It is the data of another event.
export const to = ({} as Deliveries["crate.lost"]).data.to;
`,
  bodies: {
    CrateLost: {
      valid: [{ type: "crate.lost", data: { place: "a" } }],
      invalid: [{ type: "crate.sent", data: { place: "a" } }],
    },
    BoatLeft: {
      valid: [{ type: "boat.left", data: { pier: "1" } }],
      invalid: [{ type: "boat.came", data: { pier: "1" } }],
    },
  },
};

/** Deliveries without `data`, and with `data` that is no object or may be left out. */
export const otherData: Kind = {
  document: {
    webhooks: {
      "raft.built": delivery(object({ type: { const: "raft.built" }, logs: { type: "integer" } })),
      "raft.listed": delivery(object({ type: { const: "raft.listed" }, data: { type: "array", items: text } })),
      "raft.sunk": delivery({
        ...object({ type: { const: "raft.sunk" } }),
        properties: {
          type: { const: "raft.sunk" },
          data: { anyOf: [data({ depth: { type: "integer" } }), { type: "null" }] },
        },
      }),
    },
  },
  program: `
import type { KnownDelivery } from "@mindbridge-sdk/receiver";
export const logs: number = ({} as KnownDelivery<"raft.built">).data.logs;
export const first: string | undefined = ({} as KnownDelivery<"raft.listed">).data[0];
export const depth: number | undefined = ({} as KnownDelivery<"raft.sunk">).data?.depth;
`,
  deliveries: [
    { body: { type: "raft.built", logs: 3 }, known: true, data: { type: "raft.built", logs: 3 } },
    { body: { type: "raft.listed", data: ["a"] }, known: true, data: ["a"] },
    { body: { type: "raft.listed", data: {} }, known: false, data: {} },
    { body: { type: "raft.listed" }, known: false },
    { body: { type: "raft.sunk" }, known: true },
    { body: { type: "raft.sunk", data: null }, known: true, data: null },
    { body: { type: "raft.sunk", data: "deep" }, known: false, data: "deep" },
  ],
};

export const eventByPut: Kind = {
  document: { webhooks: { planes: { put: delivery(object({ type: { const: "plane.left" } })).post } } },
  refused: { rule: "delivery-type", message: /`planes` comes by PUT/, line: `"put": {` },
};

export const eventWithoutType: Kind = {
  document: {
    webhooks: { planes: delivery({ oneOf: [object({ type: { const: "plane.left" } }), object({ data: text })] }) },
  },
  refused: { rule: "delivery-type", message: /`planes` does not say what its `type` is/, line: `"post": {` },
};
