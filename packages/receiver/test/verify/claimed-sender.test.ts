import { assert, constantFrom, dictionary, jsonValue, oneof, property, string, tuple } from "fast-check";
import { expect, test, vi } from "vitest";
import { verify } from "../../src/index.ts";
import { parseBody, textOf } from "../../src/verify/delivery.ts";
import { claimedSender } from "../../src/verify/keys.ts";
import { BODY, now, refusal, Signer } from "./support.ts";

const encoder = new TextEncoder();
const claimedIn = (text: string) => claimedSender(encoder.encode(text));

test("the sender that is found is the one that JSON.parse finds", () => {
  const name = oneof(constantFrom("senderId", "SenderId", "senderId2", "\\u0073", 'a"b', ""), string());
  const value = oneof(
    jsonValue(),
    string(),
    constantFrom({ senderId: "inner" }, ["senderId", "x"], '"', "\\", "é\ud83d\ude00"),
  );
  const members = tuple(dictionary(name, value), dictionary(name, value), constantFrom(undefined, 1, "\t"));
  assert(
    property(members, ([first, second, indent]) => {
      const [start, end] = [first, second].map((each) => JSON.stringify(each, undefined, indent));
      // Both sets of members in one object, so that names come twice.
      const text = `${start?.slice(0, -1)}${start === "{}" || end === "{}" ? "" : ","}${end?.slice(1)}`;
      const bytes = encoder.encode(text);
      expect(claimedSender(bytes)).toBe(textOf(parseBody(bytes), "senderId"));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['{"senderId":"a","senderId":"b"}', "b"],
  ['{"senderId":"a","senderId":1}', undefined],
  ['{"senderId":"a","senderId":{"senderId":"b"}}', undefined],
  ['{"data":{"senderId":"a"}}', undefined],
  ['{"x":"senderId","y":"a"}', undefined],
  ['{"x":"\\"senderId\\":\\"a\\""}', undefined],
  ['{"senderId" : "a\\u0062\\n"}', "ab\n"],
  ['\ufeff{"senderId":"a"}', "a"],
  ['["senderId","a"]', undefined],
  // What is not JSON may claim anything: no signature vouches for it.
  ['{"senderId":"a"', "a"],
  ['{"senderId":"a', undefined],
  ["", undefined],
])("%j claims %j", (text, sender) => {
  expect(claimedIn(text)).toBe(sender);
});

test("a name that is written with escapes does not count, and no key vouches for such a body", async () => {
  const signer = new Signer();
  const body = '{"senderId":"webhook-1","sender\\u0049d":"webhook-2"}';
  const keys = { "webhook-1": signer.whpk, "webhook-2": new Signer().whpk };
  expect((await refusal({ headers: signer.headers(body), body }, { keys, now })).code).toBe("no_key");
});

const MIB = 1_048_576;
const worst = [
  "[".repeat(20_000),
  "[],".repeat(5_000),
  '{"a":'.repeat(5_000),
  '"\\'.repeat(10_000),
  `{${'"senderId":"a",'.repeat(1_000)}`,
  `{"senderId":"${"a".repeat(20_000)}"}`,
];

test.each(worst.map((text) => [text.slice(0, 20), text]))(
  "each byte of any body is looked at three times at most: %s…",
  (_what, text) => {
    const bytes = encoder.encode(text);
    let looks = 0;
    const counting = new Proxy(bytes, {
      get(target, name) {
        if (typeof name === "string" && /^\d+$/.test(name)) looks++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const parse = vi.spyOn(JSON, "parse");
    try {
      claimedSender(counting);
      // Those of a string are looked at for its end and for a backslash, and those of a name once more.
      expect(looks).toBeLessThan(3 * bytes.length);
      expect(parse.mock.calls.length).toBeLessThan(2);
    } finally {
      parse.mockRestore();
    }
  },
);

test.each([
  ["short", 20, 64],
  ["long", MIB - 20, 4],
])("the checks of a %s body are bounded, however many keys and signatures there are", async (_what, length, most) => {
  const signature = new Signer().signature();
  const headers = { ...new Signer().headers(), "webhook-signature": Array(16).fill(signature).join(" ") };
  const keys = { "webhook-1": Array.from({ length: 32 }, () => new Signer().whpk) };
  const body = `{"senderId":"webhook-1","a":"${"a".repeat(length - 10)}"}`.slice(0, MIB);
  const checks = vi.spyOn(crypto.subtle, "verify");
  const parse = vi.spyOn(JSON, "parse");
  try {
    const error = await refusal({ headers, body }, { keys, now });
    expect(error).toMatchObject({ code: "malformed_header", header: "webhook-signature" });
    expect(checks).toHaveBeenCalledTimes(most);
    // The sender, and nothing else.
    expect(parse.mock.calls).toEqual([['"webhook-1"']]);
  } finally {
    vi.restoreAllMocks();
  }
});

test("a genuine signature is found among the first checks, whatever follows it", async () => {
  const signer = new Signer();
  const others = Array(15).fill(new Signer().signature()).join(" ");
  const headers = { ...signer.headers(), "webhook-signature": `${signer.signature()} ${others}` };
  const keys = { "webhook-1": [signer.whpk, ...Array.from({ length: 31 }, () => new Signer().whpk)] };
  expect(await verify({ headers, body: BODY }, { keys, now })).toMatchObject({ senderId: "webhook-1" });
});
