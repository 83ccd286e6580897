import { json, type Kind, object, operation, ref } from "./kind.ts";

const text = { type: "string" };
const body = (schema: object, more: object = {}) => ({ requestBody: { required: true, ...json(schema, more) } });

/** A choice beside other keywords: of what is required, of formats, of values, and of objects. */
export const alternatives: Kind = {
  document: {
    paths: {
      "/chats": { post: operation("chats.post", body(ref("Chat"))) },
      "/tolls": {
        post: operation("tolls.pay", {
          ...body(ref("Toll"), { example: { amount: 5, iban: "DE1" } }),
          responses: { 200: { description: "The toll.", ...json(ref("Toll"), { example: { amount: 5, card: "1" } }) } },
        }),
      },
    },
    components: {
      schemas: {
        Chat: object(
          {
            channel: text,
            text,
            blocks: { type: "array", items: text },
            at: { ...text, anyOf: [{ format: "date" }, { format: "date-time" }] },
            size: { ...text, anyOf: [{ const: "s" }, { enum: ["m", "l"] }] },
            fee: { ...object({ amount: { type: "number" } }), anyOf: [ref("TollByCard"), ref("TollByIban")] },
            anyOf: { ...text, anyOf: [{ minLength: 3 }, { pattern: "^a" }] },
            to: {
              ...object({ user: text, group: text }, { required: [] }),
              oneOf: [{ required: ["user"] }, { required: ["group"] }],
            },
            reply: {
              type: ["object", "null"],
              properties: { to: text },
              anyOf: [{ properties: { note: text } }, { required: ["to"] }],
            },
          },
          {
            additionalProperties: false,
            required: ["channel"],
            anyOf: [{ required: ["text"] }, { required: ["blocks"] }],
          },
        ),
        TollByCard: object({ card: text }),
        TollByIban: object({ iban: text }),
        Toll: {
          ...object({ amount: { type: "number" } }),
          anyOf: [ref("TollByCard"), ref("TollByIban")],
          unevaluatedProperties: false,
        },
      },
    },
  },
  program: `
import type { Chat, Toll } from "@mindbridge-sdk/client";
export const chats: Chat[] = [
  { channel: "a", text: "b", at: "2026-01-01", size: "m", reply: null, fee: { amount: 1, card: "c" } },
  { channel: "a", blocks: ["b"], to: { user: "c" }, reply: { to: "d", note: "e" }, anyOf: "abc" },
];
// @ts-expect-error It has a text, or blocks.
export const silent: Chat = { channel: "a" };
// @ts-expect-error It is an object.
export const number: Chat = 42;
// @ts-expect-error There is no such size.
export const huge: Chat = { channel: "a", text: "b", size: "xxl" };
// @ts-expect-error It goes to somebody.
export const lost: Chat = { channel: "a", text: "b", to: {} };
export const amount = (toll: Toll): number => toll.amount;
export const toll: Toll = { amount: 1, card: "a" };
// @ts-expect-error The amount is required, however it is paid.
export const free: Toll = { card: "a" };
// @ts-expect-error It is paid somehow.
export const unpaid: Toll = { amount: 1 };
`,
  bodies: {
    Chat: {
      valid: [
        { channel: "a", text: "b", at: "2026-01-01", size: "m", reply: null },
        { channel: "a", blocks: ["b"], to: { user: "c" }, reply: { to: "d" } },
      ],
      invalid: [
        { channel: "a" },
        { channel: "a", text: "b", size: "xxl" },
        { channel: "a", text: "b", at: "soon" },
        { channel: "a", text: "b", to: {} },
      ],
    },
    Toll: {
      valid: [
        { amount: 1, card: "a" },
        { amount: 1, card: "a", iban: "b" },
      ],
      invalid: [{ card: "a" }, { amount: 1 }],
    },
  },
};

/** Schemas that stand inside the one that refers to them. */
export const definitions: Kind = {
  document: {
    paths: { "/forms": { post: operation("forms.submit", body(ref("Form"), { example: { first: { choice: 1 } } })) } },
    components: {
      schemas: {
        Form: object(
          { first: { $ref: "#/components/schemas/Form/$defs/Answer" } },
          { $defs: { Answer: object({ choice: { type: "integer" } }) } },
        ),
      },
    },
  },
  program: `
import type { Form } from "@mindbridge-sdk/client";
export const form: Form = { first: { choice: 1 } };
// @ts-expect-error It is a number.
export const wrong: Form = { first: { choice: "1" } };
`,
  bodies: { Form: { valid: [{ first: { choice: 1 } }], invalid: [{ first: { choice: "1" } }] } },
};

/** Properties that are there for some values only, and an example that has them. */
export const conditions: Kind = {
  document: {
    paths: {
      "/receipts": {
        get: operation("receipts.get", {
          responses: {
            200: { description: "It.", ...json(ref("Receipt"), { example: { kind: "card", last4: "4242" } }) },
          },
        }),
      },
    },
    components: {
      schemas: {
        Receipt: {
          ...object({ kind: text }),
          if: { properties: { kind: { const: "card" } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
          then: { required: ["last4"], properties: { last4: { ...text, pattern: "^[0-9]{4}$" } } }, // oxlint-disable-line unicorn/no-thenable -- the same
          else: { properties: { kind: { const: "iban" }, iban: text } },
        },
      },
    },
  },
  program: `
import type { Receipt } from "@mindbridge-sdk/client";
export const account = (receipt: Receipt): string | undefined => receipt.last4 ?? receipt.iban;
`,
  bodies: {
    Receipt: {
      valid: [{ kind: "card", last4: "4242" }, { kind: "iban" }],
      invalid: [{ kind: "card" }, { kind: "cash" }],
    },
  },
};

/** What one part of a schema says of all properties, and another of one. An example has what both list. */
export const embedded: Kind = {
  document: {
    paths: {
      "/reels": {
        get: operation("reels.list", {
          responses: {
            200: {
              description: "They.",
              ...json(ref("Reels"), { example: { _embedded: { reels: [{ length: 3 }] } } }),
            },
          },
        }),
      },
    },
    components: {
      schemas: {
        HalResource: {
          type: "object",
          properties: {
            _embedded: {
              type: "object",
              additionalProperties: { oneOf: [ref("HalResource"), { type: "array", items: ref("HalResource") }] },
            },
          },
        },
        Reel: { allOf: [ref("HalResource"), object({ length: { type: "number" } })] },
        Reels: {
          allOf: [ref("HalResource"), object({ _embedded: object({ reels: { type: "array", items: ref("Reel") } }) })],
        },
      },
    },
  },
};

/** A property that is always `null`. */
export const nullConstant: Kind = {
  document: {
    paths: {
      "/seats": {
        put: operation("seats.free", { requestBody: { required: true, ...json(object({ guest: { const: null } })) } }),
      },
    },
  },
  program: `
import type { MindBridge } from "@mindbridge-sdk/client";
export async function free(client: MindBridge): Promise<void> {
  await client.seats.free({ guest: null });
  // @ts-expect-error It is null.
  await client.seats.free({ guest: "a" });
}
`,
  bodies: { SeatsFreeBody: { valid: [{ guest: null }], invalid: [{ guest: "a" }] } },
};
