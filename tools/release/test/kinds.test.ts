import { documentOf, KINDS } from "@mindbridge-sdk/generator/corpus";
import { edited, edits, readDocument } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { compareDocuments } from "../src/compare/compare-documents.ts";
import { DOCUMENT } from "./repository.ts";

const base = await readDocument(DOCUMENT);
const accepted = Object.entries(KINDS).filter(([, { refused }]) => !refused);

test.for(accepted)("what is added is minor, and what is removed is major: %s", ([, kind]) => {
  const document = documentOf([kind], base);
  const [added, removed] = [compareDocuments(base, document), compareDocuments(document, base)];
  expect([added.level, removed.level]).toEqual(["minor", "major"]);
  for (const { what } of [...added.changes, ...removed.changes])
    expect(what).toMatch(/^(?!.*(undefined|\[object)).+\.$/);
  expect(compareDocuments(document, structuredClone(document))).toEqual({ level: "none", changes: [] });
});

const schema = { type: "object", properties: { text: { type: "string" } } };
const JSON_BODY = { "application/json": { schema } };
const CSV = { "text/csv": { schema: { type: "string" } } };
const FORM = { "multipart/form-data": { schema } };
const ENCODED = { "application/x-www-form-urlencoded": { schema } };
const BYTES = { "application/octet-stream": {} };

const withNotes = (operation: object) =>
  edited(base, [
    edits.set("/paths/~1v1~1notes", {
      post: { operationId: "notes.create", summary: "Creates a note.", ...operation },
    }),
  ]);
const answers = (content?: object) => withNotes({ responses: { 200: { description: "Done.", content } } });
const takes = (content: object) =>
  withNotes({ requestBody: { required: true, content }, responses: { 204: { description: "Done." } } });

test.for([
  ["JSON becomes a stream", answers(JSON_BODY), answers(CSV), "the response 200", "JSON", "a stream"],
  [
    "JSON comes beside a stream",
    answers(CSV),
    answers({ ...CSV, ...JSON_BODY }),
    "the response 200",
    "a stream",
    "JSON",
  ],
  ["JSON comes where nothing came", answers(), answers(JSON_BODY), "the response 200", "empty", "JSON"],
  ["JSON becomes a form", takes(JSON_BODY), takes(FORM), "the body", "JSON", "a multipart form"],
  ["JSON goes beside a form", takes(FORM), takes({ ...FORM, ...JSON_BODY }), "the body", "a multipart form", "JSON"],
  ["a form goes beside bytes", takes(BYTES), takes({ ...BYTES, ...FORM }), "the body", "bytes", "a multipart form"],
  ["a form has another encoding", takes(FORM), takes(ENCODED), "the body", "a multipart form", "a URL-encoded form"],
] as const)("another kind of content breaks calls: %s", ([, one, other, name, was, is]) => {
  for (const [before, after, from, to] of [
    [one, other, was, is],
    [other, one, is, was],
  ] as const) {
    expect(compareDocuments(before, after).changes).toContainEqual(
      expect.objectContaining({
        level: "major",
        what: `The client now treats ${name} of \`notes.create\` as ${to}; before, as ${from}.`,
      }),
    );
  }
});

test.for([
  ["a stream beside JSON", answers(JSON_BODY), answers({ ...CSV, ...JSON_BODY })],
  ["a form beside JSON", takes(JSON_BODY), takes({ ...FORM, ...JSON_BODY })],
] as const)("content that the client leaves alone is minor: %s", ([, before, after]) => {
  expect(compareDocuments(before, after).level).toBe("minor");
});
