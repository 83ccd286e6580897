import { json, type Kind, object, operation } from "./kind.ts";

const format = (name: string) => ({ type: "string", format: name });

/** Dates that are none, and a format that nobody knows. */
export const formats: Kind = {
  document: {
    paths: {
      "/terms": {
        post: operation("terms.create", {
          requestBody: {
            required: true,
            ...json(object({ day: format("date"), at: format("date-time"), colour: format("colour") })),
          },
        }),
      },
    },
  },
  bodies: {
    TermsCreateBody: {
      valid: [
        { day: "2024-02-29", at: "2024-02-29T12:00:00Z", colour: "red" },
        { day: "2026-12-31", at: "2026-12-31T23:59:59.5+01:00", colour: "" },
      ],
      invalid: [
        { day: "2026-02-31", at: "2026-02-28T12:00:00Z", colour: "" },
        { day: "2026-02-29", at: "2026-02-28T12:00:00Z", colour: "" },
        { day: "2026-02-28", at: "2026-02-31T12:00:00Z", colour: "" },
      ],
    },
  },
};
