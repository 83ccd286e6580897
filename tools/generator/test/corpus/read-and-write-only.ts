import { json, type Kind, object, operation, ref } from "./kind.ts";

const text = { type: "string" };
const accountId = { name: "accountId", in: "path", required: true, description: "Its id.", schema: text };

/** One schema for what is sent and what is read, with required properties that only one side sets, also in a schema inside it. */
export const readAndWriteOnly: Kind = {
  document: {
    paths: {
      "/accounts": {
        post: operation("accounts.create", {
          requestBody: {
            required: true,
            ...json(ref("Account"), { example: { name: "a", password: "p", owner: { email: "e" } } }),
          },
          responses: {
            201: {
              description: "The account.",
              ...json(ref("Account"), { example: { id: "1", name: "a", owner: { id: "2", email: "e" } } }),
            },
          },
        }),
      },
      "/accounts/{accountId}": {
        patch: operation("accounts.change", {
          parameters: [accountId],
          requestBody: { required: true, ...json(ref("Account")) },
        }),
      },
    },
    components: {
      schemas: {
        Account: object(
          {
            id: { ...text, readOnly: true },
            name: text,
            password: { ...text, writeOnly: true },
            owner: ref("AccountOwner"),
            guests: { type: "array", items: ref("AccountOwner") },
          },
          { additionalProperties: false, required: ["id", "name", "password", "owner"] },
        ),
        AccountOwner: object({ id: { ...text, readOnly: true }, email: text }),
      },
    },
  },
  program: `
import type { Account, AccountWritable, MindBridge } from "@mindbridge-sdk/client";
export async function copy(client: MindBridge): Promise<string> {
  const sent: AccountWritable = { name: "a", password: "p", owner: { email: "e" } };
  const read: Account = await client.accounts.create(sent);
  await client.accounts.change(read.id, { ...read, password: "p" });
  // @ts-expect-error Only the server reads it.
  read.password;
  // @ts-expect-error It has to be sent.
  await client.accounts.create({ name: "a", owner: { email: "e" } });
  // @ts-expect-error Only the server sets it.
  const wrong: AccountWritable = { ...sent, id: "1" };
  return read.owner.id + wrong.name;
}
`,
  bodies: {
    Account: {
      valid: [{ id: "1", name: "a", owner: { id: "2", email: "e" } }],
      invalid: [
        { name: "a", owner: { id: "2", email: "e" } },
        { id: "1", name: "a", owner: { email: "e" } },
      ],
    },
    AccountWritable: {
      valid: [{ name: "a", password: "p", owner: { email: "e" } }],
      invalid: [
        { name: "a", owner: { email: "e" } },
        { id: "1", name: "a", password: "p", owner: { email: "e" } },
      ],
    },
  },
  flags: { "accounts create": ["--name (required)", "--password (required)", "--owner (required)", "--guests"] },
  calls: [
    {
      operation: "accounts.change",
      arguments: [
        "1",
        { id: "1", name: "a", password: "p", owner: { id: "2", email: "e" }, guests: [{ id: "3", email: "f" }] },
      ],
      sends: {
        url: "/accounts/1",
        body: { name: "a", password: "p", owner: { email: "e" }, guests: [{ email: "f" }] },
      },
    },
  ],
};

/** A body without a name that has a required read-only property. */
export const readOnlyInline: Kind = {
  document: {
    paths: {
      "/memos": {
        post: operation("memos.create", {
          requestBody: { required: true, ...json(object({ id: { ...text, readOnly: true }, line: text })) },
        }),
      },
    },
  },
  bodies: { MemosCreateBody: { valid: [{ line: "a" }], invalid: [{ id: "1" }] } },
  flags: { "memos create": ["--line (required)"] },
  calls: [{ operation: "memos.create", arguments: [{ id: "1", line: "a" }], sends: { body: { line: "a" } } }],
};

const link = (name: string, others: readonly string[]) => [
  name,
  object(
    {
      id: { ...text, readOnly: true },
      label: text,
      ...Object.fromEntries(others.map((other) => [`to${other}`, { anyOf: [ref(other), { type: "null" }] }])),
    },
    { required: ["id", "label"] },
  ),
];
const LINKED = ["LinkedA", "LinkedB", "LinkedC"];

/** Schemas of which each holds every other one. */
export const readOnlyInEachOther: Kind = {
  document: {
    paths: { "/links": { post: operation("links.add", { requestBody: { required: true, ...json(ref("LinkedA")) } }) } },
    components: {
      schemas: Object.fromEntries(
        LINKED.map((name) =>
          link(
            name,
            LINKED.filter((other) => other !== name),
          ),
        ),
      ),
    },
  },
  calls: [
    {
      operation: "links.add",
      arguments: [
        {
          id: "1",
          label: "a",
          toLinkedB: {
            id: "2",
            label: "b",
            toLinkedA: { id: "4", label: "a", toLinkedC: { id: "5", label: "c" } },
            toLinkedC: { id: "6", label: "c", toLinkedB: { id: "7", label: "b", toLinkedC: null } },
          },
        },
      ],
      sends: {
        body: {
          label: "a",
          toLinkedB: {
            label: "b",
            toLinkedA: { label: "a", toLinkedC: { label: "c" } },
            toLinkedC: { label: "c", toLinkedB: { label: "b", toLinkedC: null } },
          },
        },
      },
    },
  ],
};

/** Objects that are read elsewhere, in a body that has a schema of its own. */
export const readOnlyInside: Kind = {
  document: {
    paths: {
      "/boats/{boatId}": {
        get: operation("boats.get", {
          parameters: [{ ...accountId, name: "boatId" }],
          responses: { 200: { description: "The boat.", ...json(ref("Boat")) } },
        }),
        patch: operation("boats.change", {
          parameters: [{ ...accountId, name: "boatId" }],
          requestBody: { required: true, content: { "application/merge-patch+json": { schema: ref("BoatChange") } } },
        }),
      },
    },
    components: {
      schemas: {
        Boat: object({ id: { ...text, readOnly: true }, name: text, master: ref("BoatMaster") }),
        BoatChange: {
          type: "object",
          properties: {
            name: text,
            master: { anyOf: [ref("BoatMaster"), { type: "null" }] },
            crew: { type: "array", items: ref("BoatMaster") },
            changed: { allOf: [ref("BoatTime"), { description: "When it was changed." }] },
          },
          additionalProperties: false,
        },
        BoatMaster: object(
          { id: { ...text, readOnly: true }, email: text, deputy: ref("BoatMaster") },
          { required: ["id", "email"], additionalProperties: false },
        ),
        BoatTime: { type: "string", format: "date-time", readOnly: true },
      },
    },
  },
  program: `
import type { Boat, MindBridge } from "@mindbridge-sdk/client";
export async function handOver(client: MindBridge, { id, master }: Boat): Promise<void> {
  await client.boats.change(id, { master: null });
  await client.boats.change(id, { master, crew: [master] });
  // @ts-expect-error A change has no id of its own.
  await client.boats.change(id, { id, master });
}
`,
  calls: [
    {
      operation: "boats.change",
      arguments: [
        "1",
        {
          master: { id: "2", email: "e", deputy: { id: "3", email: "f" } },
          crew: [{ id: "3", email: "f" }],
          changed: "2026-03-01T00:00:00Z",
        },
      ],
      sends: {
        url: "/boats/1",
        body: { master: { email: "e", deputy: { email: "f" } }, crew: [{ email: "f" }] },
      },
    },
    { operation: "boats.change", arguments: ["1", { master: null }], sends: { body: { master: null } } },
  ],
};

/** Read-only properties of what maps and tuples hold, in an entity that is read and sent back. */
export const readOnlyInMaps: Kind = {
  document: {
    paths: {
      "/fleets/{fleetId}": {
        get: operation("fleets.get", {
          parameters: [{ ...accountId, name: "fleetId" }],
          responses: { 200: { description: "The fleet.", ...json(ref("Fleet")) } },
        }),
        put: operation("fleets.replace", {
          parameters: [{ ...accountId, name: "fleetId" }],
          requestBody: { required: true, ...json(ref("Fleet")) },
        }),
      },
    },
    components: {
      schemas: {
        Fleet: object({
          id: { ...text, readOnly: true },
          byName: { type: "object", additionalProperties: ref("FleetBoat") },
          pair: { type: "array", prefixItems: [text, ref("FleetBoat")], minItems: 2, items: false },
          others: {
            type: "object",
            properties: { flag: { type: "object", properties: { id: text } } },
            additionalProperties: ref("FleetBoat"),
          },
        }),
        FleetBoat: object(
          {
            id: { ...text, readOnly: true },
            length: { type: "number" },
          },
          { required: ["id", "length"], additionalProperties: false },
        ),
      },
    },
  },
  calls: [
    {
      operation: "fleets.replace",
      arguments: [
        "1",
        {
          id: "1",
          byName: { a: { id: "3", length: 1 }, constructor: { id: "4", length: 2 } },
          pair: ["c", { id: "6", length: 4 }],
          others: { flag: { id: "2" }, a: { id: "7", length: 5 } },
        },
      ],
      sends: {
        body: {
          byName: { a: { length: 1 }, constructor: { length: 2 } },
          pair: ["c", { length: 4 }],
          others: { flag: { id: "2" }, a: { length: 5 } },
        },
      },
    },
  ],
};

/** Read-only properties of a schema that holds itself, and of one behind a choice. */
export const readOnlyInItself: Kind = {
  document: {
    paths: {
      "/account-groups": {
        put: operation("accountGroups.set", {
          requestBody: { required: true, ...json(ref("AccountGroup")) },
          responses: { 200: { description: "The group.", ...json(ref("AccountGroup"), { example: { label: "a" } }) } },
        }),
      },
    },
    components: {
      schemas: {
        AccountGroup: object(
          {
            id: { ...text, readOnly: true },
            label: text,
            parent: { anyOf: [ref("AccountGroup"), { type: "null" }] },
            keeper: { oneOf: [{ type: "null" }, ref("AccountKeeper")] },
            parts: { type: "array", items: ref("AccountGroup") },
          },
          { required: ["label"] },
        ),
        AccountKeeper: object({ id: { ...text, readOnly: true }, email: text }, { required: ["email"] }),
      },
    },
  },
  calls: [
    {
      operation: "accountGroups.set",
      arguments: [
        {
          id: "1",
          label: "a",
          parent: { id: "2", label: "b", parent: { id: "3", label: "c", parent: null } },
          keeper: { id: "4", email: "e" },
          parts: [{ id: "5", label: "d", parts: [{ id: "6", label: "e", keeper: { id: "7", email: "f" } }] }],
        },
      ],
      answer: { body: `{"label":"a"}` },
      data: { label: "a" },
      sends: {
        body: {
          label: "a",
          parent: { label: "b", parent: { label: "c", parent: null } },
          keeper: { email: "e" },
          parts: [{ label: "d", parts: [{ label: "e", keeper: { email: "f" } }] }],
        },
      },
    },
  ],
};

/** A required read-only property behind `oneOf` and `allOf`, and in a schema that holds itself. */
export const readOnlyNested: Kind = {
  document: {
    paths: {
      "/chapters/{id}": {
        put: operation("chapters.replace", {
          parameters: [{ name: "id", in: "path", required: true, schema: text }],
          requestBody: { required: true, ...json({ $ref: "#/components/schemas/Chapter" }) },
        }),
      },
      "/feeds": {
        post: operation("feeds.add", {
          requestBody: { required: true, ...json({ $ref: "#/components/schemas/Feed" }) },
        }),
      },
    },
    components: {
      schemas: {
        Chapter: object(
          {
            id: { ...text, readOnly: true },
            number: text,
            parent: { anyOf: [{ $ref: "#/components/schemas/Chapter" }, { type: "null" }] },
          },
          { required: ["id", "number"] },
        ),
        FeedBase: object({ id: { ...text, readOnly: true }, kind: text }),
        Feed: {
          oneOf: [
            { allOf: [{ $ref: "#/components/schemas/FeedBase" }, object({ kind: { const: "push" }, url: text })] },
            { allOf: [{ $ref: "#/components/schemas/FeedBase" }, object({ kind: { const: "pull" }, every: text })] },
          ],
        },
      },
    },
  },
  calls: [
    {
      operation: "chapters.replace",
      arguments: ["1", { number: "4", parent: { number: "3", parent: null } }],
      sends: { body: { number: "4", parent: { number: "3", parent: null } } },
    },
    {
      operation: "feeds.add",
      arguments: [{ kind: "push", url: "u" }],
      sends: { body: { kind: "push", url: "u" } },
    },
  ],
};

/** A part of an `allOf` that has no properties in a request. */
export const readOnlyPart: Kind = {
  document: {
    paths: {
      "/members/{memberId}": {
        put: operation("members.put", {
          parameters: [{ ...accountId, name: "memberId" }],
          requestBody: { required: true, ...json(ref("Member")) },
          responses: { 200: { description: "The member.", ...json(ref("Member")) } },
        }),
      },
    },
    components: {
      schemas: {
        MemberBase: object({ id: { ...text, readOnly: true } }),
        Member: { allOf: [ref("MemberBase"), object({ name: text })], unevaluatedProperties: false },
      },
    },
  },
  program: `
import type { Member, MemberWritable } from "@mindbridge-sdk/client";
export const sent: MemberWritable = { name: "a" };
export const id = (member: Member): string => member.id;
// @ts-expect-error It has no such property.
export const misspelt: MemberWritable = { name: "a", nmae: "b" };
`,
  bodies: {
    MemberWritable: {
      valid: [{ name: "a" }],
      invalid: [
        { name: "a", nmae: "b" },
        { name: "a", id: "1" },
      ],
    },
  },
};
