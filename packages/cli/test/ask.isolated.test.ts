import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import type { Context } from "../src/action.ts";
import { askFor } from "../src/operations/ask.ts";
import type { Flag } from "../src/operations/table.ts";

const due: string[] = [];
// test/asking.test.ts asks on a terminal. Here it is about what is made of the answers.
vi.mock("@clack/prompts", () => ({ text: async () => due.shift(), isCancel: () => false }));

async function answerTo(flag: Pick<Flag, "name" | "type" | "list">, answers: readonly string[]): Promise<unknown> {
  due.push(...answers);
  const streams = { stdin: new PassThrough(), stderr: new PassThrough(), signal: new AbortController().signal };
  const asked = { flag: "--x", in: "body", description: "", required: true, ...flag } as const;
  const received = await askFor(asked, streams as unknown as Context);
  expect(due).toEqual([]);
  return received;
}

test.each<[string, Pick<Flag, "name" | "type" | "list">, string[], unknown]>([
  ["a text", { name: "name", type: "string", list: false }, ["a, b"], "a, b"],
  ["numbers", { name: "sizes", type: "integer", list: true }, ["1, 2"], [1, 2]],
  ["texts", { name: "tags", type: "string", list: true }, ["a,b", "c", ""], ["a,b", "c"]],
])("one answer holds %s; of a list whose items may hold commas, one item", async (_, flag, answers, expected) => {
  expect(await answerTo(flag, answers)).toEqual(expected);
});
