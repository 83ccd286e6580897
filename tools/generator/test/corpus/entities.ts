import { json, type Kind, object, operation, ref } from "./kind.ts";

const text = { type: "string" };
const shipId = { name: "shipId", in: "path", required: true, description: "Its id.", schema: text };

/** An entity that is composed of parts, with properties that may be null, have a default, hold any names or are deprecated. */
export const entities: Kind = {
  document: {
    paths: {
      "/ships/{shipId}": {
        parameters: [shipId],
        get: operation("ships.get", { responses: { 200: { description: "The ship.", ...json(ref("Ship")) } } }),
        put: operation("ships.update", {
          requestBody: { required: true, ...json(ref("ShipUpdate")) },
          responses: { 200: { description: "The ship.", ...json(ref("Ship")) } },
        }),
        delete: operation("ships.delete"),
      },
      "/ships/{shipId}/launch": {
        post: operation("ships.launch", {
          deprecated: true,
          parameters: [shipId],
          requestBody: { ...json(object({ at: { type: "string", format: "date" } })) },
        }),
      },
    },
    components: {
      schemas: {
        ShipUpdate: object(
          {
            name: { ...text, minLength: 1 },
            harbour: { type: ["string", "null"] },
            crew: { type: "integer", minimum: 0, default: 12 },
            flags: { type: "object", additionalProperties: { type: "boolean" } },
            mast: { ...text, deprecated: true },
          },
          { required: ["name", "harbour"], additionalProperties: false },
        ),
        Ship: {
          allOf: [
            object({ id: text }),
            object(
              {
                name: text,
                harbour: { anyOf: [text, { type: "null" }] },
                crew: { type: "integer" },
                // Prism makes up a text without the pattern, and a weight that may be negative.
                sign: { ...text, pattern: "^[A-Z]{3}-[0-9]{4}$" },
                cargo: { type: "object", additionalProperties: ref("ShipCargo") },
              },
              { required: ["name", "harbour"] },
            ),
          ],
        },
        ShipCargo: object({ weight: { type: "number", exclusiveMinimum: 0 } }),
      },
    },
  },
  program: `
import type { MindBridge, Ship } from "@mindbridge-sdk/client";
export async function rename(client: MindBridge, ship: Ship): Promise<number | undefined> {
  await client.ships.launch(ship.id);
  await client.ships.launch(ship.id, { at: "2026-03-01" });
  await client.ships.update(ship.id, { name: "Ada", harbour: null, flags: { red: true } });
  // @ts-expect-error The harbour may be null, but is required.
  await client.ships.update(ship.id, { name: "Ada" });
  // @ts-expect-error A flag is raised or it is not.
  await client.ships.update(ship.id, { name: "Ada", harbour: null, flags: { red: 1 } });
  return ship.cargo?.coal?.weight;
}
`,
  bodies: {
    ShipUpdate: {
      valid: [
        { name: "Ada", harbour: null },
        { name: "Ada", harbour: "Kiel", crew: 0, flags: { red: true }, mast: "one" },
      ],
      invalid: [{ name: "Ada" }, { name: "", harbour: null }, { name: "Ada", harbour: null, flags: { red: 1 } }],
    },
    Ship: {
      valid: [{ id: "1", name: "Ada", harbour: null, cargo: { coal: { weight: 1.5 } } }],
      invalid: [
        { name: "Ada", harbour: null },
        { id: "1", name: "Ada", harbour: null, cargo: { coal: { weight: 0 } } },
      ],
    },
  },
  flags: { "ships launch": ["--at (required)"] },
  calls: [
    { operation: "ships.launch", arguments: ["1"], sends: { url: "/ships/1/launch", text: "" } },
    { operation: "ships.delete", arguments: ["a/b"], sends: { url: "/ships/a%2Fb" } },
  ],
};
