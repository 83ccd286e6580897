import { json, type Kind, object, operation } from "./kind.ts";

const format = (name: string) => ({ type: "string", format: name });

/** Dates that are none, base64, and a format that nobody knows. */
export const formats: Kind = {
  document: {
    paths: {
      "/terms": {
        post: operation("terms.create", {
          requestBody: {
            required: true,
            ...json(
              object({ day: format("date"), at: format("date-time"), colour: format("colour"), seal: format("byte") }),
            ),
          },
        }),
      },
    },
  },
  bodies: {
    TermsCreateBody: {
      valid: [
        { day: "2024-02-29", at: "2024-02-29T12:00:00Z", colour: "red", seal: "aGk=" },
        { day: "2026-12-31", at: "2026-12-31T23:59:59.5+01:00", colour: "", seal: "" },
      ],
      invalid: [
        { day: "2026-02-31", at: "2026-02-28T12:00:00Z", colour: "", seal: "" },
        { day: "2026-02-29", at: "2026-02-28T12:00:00Z", colour: "", seal: "" },
        { day: "2026-02-28", at: "2026-02-31T12:00:00Z", colour: "", seal: "" },
      ],
    },
  },
};
