import { json, type Kind, object, operation, ref } from "./kind.ts";

const format = (name: string) => ({ type: "string", format: name });

const TERMS = { day: "2024-02-29", at: "2024-02-29T12:00:00Z", colour: "red", seal: "aGk=", link: "aGk" };
const BASE64 = ["", "aGk=", "aA==", "+/8=", "aGhp"];
const BASE64_OF_URLS = ["aGk", "aGk=", "aA==", "-_8", "aGhp"];
const NO_BASE64 = ["a", "aGhpa", "aGk==", "a Gk=", "aGk=aGk=", "aGk=\n", "Größe"];

/** Dates that are none, base64, and a format that nobody knows. */
export const formats: Kind = {
  document: {
    paths: {
      "/terms": {
        post: operation("terms.create", {
          requestBody: {
            required: true,
            ...json(
              object({
                day: format("date"),
                at: format("date-time"),
                colour: format("colour"),
                seal: { ...format("byte"), maxLength: 64 },
                link: { ...format("base64url"), minLength: 2 },
              }),
            ),
          },
        }),
      },
    },
  },
  bodies: {
    TermsCreateBody: {
      valid: [
        ...BASE64.map((text) => ({ ...TERMS, seal: text })),
        ...BASE64_OF_URLS.map((text) => ({ ...TERMS, link: text })),
        { ...TERMS, day: "2026-12-31", at: "2026-12-31T23:59:59.5+01:00", colour: "" },
      ],
      invalid: [
        ...[...NO_BASE64, "-_8="].map((text) => ({ ...TERMS, seal: text })),
        ...[...NO_BASE64, "+/8="].map((text) => ({ ...TERMS, link: text })),
        { ...TERMS, day: "2026-02-31" },
        { ...TERMS, day: "2026-02-29" },
        { ...TERMS, at: "2026-02-31T12:00:00Z" },
      ],
    },
  },
};

/** Bytes in JSON, which are a text there, and files in a form. */
export const bytesInJson: Kind = {
  document: {
    paths: {
      "/scans": {
        post: operation("scans.send", {
          requestBody: { required: true, ...json(ref("Scan")) },
          responses: { 200: { description: "It.", ...json(object({ copy: format("binary") })) } },
        }),
        put: operation("scans.upload", {
          requestBody: {
            required: true,
            content: { "multipart/form-data": { schema: object({ page: format("binary") }) } },
          },
        }),
      },
    },
    components: { schemas: { Scan: object({ page: format("binary") }) } },
  },
  program: `
import type { MindBridge, Scan } from "@mindbridge-sdk/client";
export async function send(client: MindBridge, scan: Scan, page: Blob): Promise<string> {
  await client.scans.upload({ page });
  // @ts-expect-error JSON cannot hold it: it would be written as {}.
  await client.scans.send({ page });
  return (await client.scans.send({ page: scan.page.toUpperCase() })).copy.toLowerCase();
}
`,
  calls: [
    {
      operation: "scans.send",
      arguments: [{ page: "a" }],
      answer: { body: '{"copy":"b"}' },
      data: { copy: "b" },
      sends: { body: { page: "a" } },
    },
  ],
};
