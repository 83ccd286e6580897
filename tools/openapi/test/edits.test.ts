import { expect, test } from "vitest";
import { type Edit, edited, edits, keepOnly } from "../src/index.ts";

const document = { "a/b": { first: 1, second: [1, 2] }, third: "first" };

test.each<[string, Edit, unknown]>([
  ["set what is there", edits.set("/a~1b/first", 2), { "a/b": { first: 2, second: [1, 2] }, third: "first" }],
  ["set what is not there", edits.set("/fourth", null), { ...document, fourth: null }],
  ["set an item", edits.set("/a~1b/second/0", 3), { "a/b": { first: 1, second: [3, 2] }, third: "first" }],
  ["add", edits.add("#/fourth", {}), { ...document, fourth: {} }],
  ["replace", edits.replace("third", "second"), { ...document, third: "second" }],
  ["remove", edits.remove("/third"), { "a/b": document["a/b"] }],
  ["remove an item", edits.remove("/a~1b/second/0"), { "a/b": { first: 1, second: [2] }, third: "first" }],
  ["copy", edits.copy("/a~1b/second", "/third"), { ...document, third: [1, 2] }],
  ["add items", edits.addItems("/a~1b/second", 3, 4), { "a/b": { first: 1, second: [1, 2, 3, 4] }, third: "first" }],
  [
    "remove an item by its value",
    edits.removeItem("/a~1b/second", 2),
    { "a/b": { first: 1, second: [1] }, third: "first" },
  ],
  ["replace an item", edits.replaceItem("/a~1b/second", 1, 3), { "a/b": { first: 1, second: [3, 2] }, third: "first" }],
  ["replace a text", edits.replaceText("first", "1st"), { "a/b": { "1st": 1, second: [1, 2] }, third: "1st" }],
])("%s", (_, edit, after) => {
  const before = structuredClone(document);
  expect(edited(document, [edit])).toEqual(after);
  expect(document).toEqual(before);
});

test("rename keeps the order of keys", () => {
  const after = edited(document, [edits.rename("/a~1b", "A"), edits.rename("/A/first", "1st")]);
  expect(JSON.stringify(after)).toBe('{"A":{"1st":1,"second":[1,2]},"third":"first"}');
});

test.each<[string, Edit, string]>([
  ["add where there is a value", edits.add("/third", 1), "There is a value at /third."],
  ["replace by the same", edits.replace("/third", "first"), "The value at /third is this one already."],
  ["replace nothing", edits.replace("/fourth", 1), "nothing to change at /fourth"],
  ["remove nothing", edits.remove("/a~1b/second/2"), "nothing to change at /a~1b/second/2"],
  ["rename nothing", edits.rename("/fourth", "a"), "nothing to change at /fourth"],
  ["rename an item", edits.rename("/a~1b/second/0", "a"), "/a~1b/second/0 is an item of a list"],
  ["set in nothing", edits.set("/fourth/a", 1), "nothing to change at /fourth/a"],
  ["set the whole", edits.set("", 1), "nothing to change at "],
  ["copy nothing", edits.copy("/fourth", "/fifth"), "nothing to change at /fourth"],
  ["add items to no list", edits.addItems("/third", 1), "nothing to change at /third"],
  ["remove an item that is not there", edits.removeItem("/a~1b/second", 9), "The list at /a~1b/second has no 9."],
  ["replace an item that is not there", edits.replaceItem("/a~1b/second", 9, 1), "has no 9."],
  ["replace a text that is not there", edits.replaceText("ninth", "9th"), 'has no text "ninth"'],
])("%s is refused", (_, edit, message) => {
  expect(() => edited(document, [edit])).toThrow(message);
});

test("keeps only some operations, and the components that they need", () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const whole = {
    paths: { "/a": { summary: "A", get: { x: ref("A") }, post: { x: ref("B") } }, "/b": { get: {} } },
    webhooks: { made: { post: { x: ref("C") } } },
    components: {
      schemas: { A: ref("Inner"), Inner: true, B: ref("OnlyOfB"), OnlyOfB: true, C: true },
      securitySchemes: { bearer: {} },
    },
  };
  expect(edited(whole, [keepOnly({ paths: { "/a": { get: {} } } })])).toEqual({
    paths: { "/a": { summary: "A", get: { x: ref("A") } } },
    webhooks: {},
    components: { schemas: { A: ref("Inner"), Inner: true }, securitySchemes: { bearer: {} } },
  });
});
