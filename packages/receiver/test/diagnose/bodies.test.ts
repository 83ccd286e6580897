import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type CauseName, diagnose } from "../../src/diagnose.ts";
import type { KeySource } from "../../src/index.ts";
import { BODY, now, Signer } from "../verify/support.ts";
import { options, received, signer } from "./support.ts";

const pretty = JSON.stringify(JSON.parse(BODY), null, 2);
const text = '{"type":"a/b","senderId":"webhook-1","data":{"name":"Café & <Söhne> – \'1\' + \\"2\\"","path":"C:\\\\"}}';
const spaced = '{"type": "a/b", "data": {"name": "Käse 日本"}, "list": [1, null, {"a": true}]}';
const crlf = pretty.replaceAll("\n", "\r\n");
const mark = "\ufeff";
const escaped = (characters: RegExp, digits = (code: string) => code) =>
  text.replace(
    characters,
    (each) => `\\u${digits((each.codePointAt(each.length - 1) ?? 0).toString(16).padStart(4, "0"))}`,
  );
const capitals = (code: string) => code.toUpperCase();
const bytes = (what: string, encoding: BufferEncoding) => Buffer.from(what, encoding);
const base64 = (what: string | Uint8Array) => Buffer.from(what).toString("base64");
const html = text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("'", "&#39;");
const utf16be = bytes(text, "utf16le").swap16();

test.each<[string, string | Uint8Array, string | Uint8Array, ...CauseName[]]>([
  ["parsed and written by JSON.stringify", pretty, BODY, "body-reserialised"],
  ["pretty-printed", BODY, pretty, "body-reserialised"],
  ["indented by tabs", BODY, JSON.stringify(JSON.parse(BODY), null, "\t"), "body-reserialised"],
  ["signed with an indentation of three", JSON.stringify(JSON.parse(BODY), null, 3), BODY, "body-reserialised"],
  ["with a line break, and written again without", `${pretty}\n`, BODY, "body-reserialised"],
  ["signed with Python's spaces", spaced, JSON.stringify(JSON.parse(spaced)), "body-reserialised"],
  ["signed with Python's escapes", escaped(/[\u0080-\uffff]/g), text, "body-reserialised"],
  ["signed with capital digits", escaped(/[\u0080-\uffff]/g, capitals), text, "body-reserialised"],
  ["signed with Go's escapes", escaped(/[<>&]/g), text, "body-reserialised"],
  ["signed with Gson's escapes", escaped(/[<>&=']/g), text, "body-reserialised"],
  ["signed with .NET's escapes", escaped(/(?<!\\)\\"|[<>&+'\u0080-\uffff]/g, capitals), text, "body-reserialised"],
  ["signed with PHP's slashes", text.replaceAll("/", "\\/"), text, "body-reserialised"],
  ["signed with PHP's escapes", escaped(/[\u0080-\uffff]/g).replaceAll("a/b", "a\\/b"), text, "body-reserialised"],

  ["with a line break added", BODY, `${BODY}\n`, "newline-added"],
  ["with a CRLF added", BODY, `${BODY}\r\n`, "newline-added"],
  ["with a CR added", BODY, `${BODY}\r`, "newline-added"],
  ["with two line breaks added", BODY, `${BODY}\n\n`, "newline-added"],
  ["with one more line break", `${BODY}\n`, `${BODY}\n\n`, "newline-added"],
  ["with spaces around it", BODY, ` ${BODY} \n`, "newline-added"],
  ["with its line break lost", `${BODY}\n`, BODY, "newline-removed"],
  ["with its CRLF lost", `${BODY}\r\n`, BODY, "newline-removed"],
  ["with two line breaks lost", `${BODY}\n\n`, BODY, "newline-removed"],
  ["LF made CRLF", pretty, crlf, "crlf"],
  ["LF made CR", pretty, pretty.replaceAll("\n", "\r"), "crlf"],
  ["CRLF made LF", crlf, pretty, "crlf"],
  ["CRLF made LF, and the last one lost", `${crlf}\r\n`, pretty, "newline-removed", "crlf"],
  ["LF made CRLF, and one added", pretty, `${crlf}\r\n`, "newline-added", "crlf"],
  ["without its byte order mark", `${mark}${BODY}`, BODY, "byte-order-mark"],
  ["with a byte order mark added", BODY, `${mark}${BODY}`, "byte-order-mark"],
  ["saved by an editor of Windows", BODY, `${mark}${BODY}\r\n`, "newline-added", "byte-order-mark"],

  ["read as Latin-1", text, bytes(text, "utf8").toString("latin1"), "wrong-charset"],
  ["read as Windows-1252", text, text.replace("é", "Ã©").replace("ö", "Ã¶").replace("–", "â€“"), "wrong-charset"],
  ["written in Windows-1252", text, bytes(text.replace("–", "\x96"), "latin1"), "wrong-charset"],
  ["written in UTF-16", text, bytes(text, "utf16le"), "wrong-charset"],
  ["written in UTF-16, the higher byte first", text, utf16be, "wrong-charset"],
  ["written by PowerShell", text, bytes(`${mark}${text}\r\n`, "utf16le"), "wrong-charset", "newline-added"],
  ["normalised to NFD", text, text.normalize("NFD"), "wrong-charset"],
  ["with characters that are lost", text, text.replace(/[\u0080-\uffff]/g, "\ufffd"), "wrong-charset"],

  ["in base64", text, base64(text), "body-encoded"],
  ["in base64 for URLs", text, `${bytes(text, "utf8").toString("base64url")}\n`, "body-encoded"],
  ["in base64 of several lines", text, base64(text).replaceAll(/.{64}/g, "$&\r\n"), "body-encoded"],
  ["in hexadecimal digits", text, bytes(text, "utf8").toString("hex"), "body-encoded"],
  ["as a database shows bytes", text, `\\x${bytes(text, "utf8").toString("hex")}`, "body-encoded"],
  ["compressed by gzip", text, gzipSync(text), "body-encoded"],
  ["compressed by deflate", text, deflateSync(text), "body-encoded"],
  ["encoded for a URL", text, encodeURIComponent(text), "body-encoded"],
  ["encoded for a URL, but for signs of its own", text, encodeURI(text), "body-encoded"],
  ["as a form", text, `${new URLSearchParams({ payload: text, more: "1" })}`, "body-encoded"],
  ["escaped for HTML", text, html, "body-encoded"],
  ["as a string of JSON", text, JSON.stringify(text), "body-encoded"],
  ["in an event of Lambda", text, JSON.stringify({ version: "2.0", body: text }), "body-encoded"],
  ["in a record of a queue", text, JSON.stringify({ Records: [{ body: text }] }), "body-encoded"],
  ["as Buffer.toJSON has it", text, JSON.stringify(bytes(text, "utf8")), "body-encoded"],
  ["as JSON.stringify writes bytes", text, JSON.stringify(new TextEncoder().encode(text)), "body-encoded"],
  ["in an event of Lambda, in base64", text, JSON.stringify({ body: base64(text) }), "body-encoded", "body-encoded"],
  ["in base64 of gzip", text, base64(gzipSync(text)), "body-encoded", "body-encoded"],
  ["in base64, and with a line break added", text, base64(`${text}\n`), "body-encoded", "newline-added"],
  ["as a string of JSON, and written again", pretty, JSON.stringify(BODY), "body-encoded", "body-reserialised"],

  ["empty", BODY, "", "body-empty"],
  ["cut short", BODY, BODY.slice(0, 100), "body-truncated"],
  ["cut short in a string", BODY, '{"type":"analysis.completed","note":"\\"{', "body-truncated"],
  ["cut short by one", BODY, BODY.slice(0, -1), "body-truncated"],
  ["that is an object as a text", BODY, "[object Object]", "body-parsed"],
  ["as Node prints it", BODY, "{ type: 'analysis.completed' }", "body-parsed"],
  ["as Python prints it", BODY, "{'type': 'analysis.completed'}", "body-parsed"],
  ["as Ruby prints it", BODY, '{"type"=>"analysis.completed"}', "body-parsed"],
  ["as Go prints it", BODY, "map[type:analysis.completed]", "body-parsed"],
])("a body %s", async (_what, signed, body, ...causes) => {
  expect(await received(signed, body)).toEqual(["signature_mismatch", ...causes]);
});

test.each([
  ["another body", '{"type":"another"}'],
  ["a body with another in it", JSON.stringify({ body: '{"type":"another"}', more: "eyJ9", bytes: [1, 2] })],
  ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x0a)],
  ["what looks like gzip", Uint8Array.of(0x1f, 0x8b, 1, 2)],
  ["a compression that is not tried", brotliCompressSync(BODY)],
  ["what looks encoded", '"%7B%"&#1114112;'],
  ["JSON too deep to write again", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
])("%s is no cause", async (_what, body) => {
  expect(await received(BODY, body)).toEqual(["signature_mismatch"]);
});

test("says how a body has been encoded", async () => {
  const diagnosis = await diagnose({ headers: signer.headers(BODY), body: base64(gzipSync(BODY)) }, options);
  expect(diagnosis).toMatchObject({
    causes: [
      { explanation: "The body has been encoded in base64: undone, the signature matches." },
      { explanation: "The body has been compressed with gzip: undone, the signature matches." },
    ],
  });
});

describe("with keys by sender", () => {
  const keys = { "webhook-1": signer.whpk, "webhook-2": new Signer().whpk };

  test("the sender is read from what the body was", async () => {
    for (const body of [gzipSync(BODY), base64(BODY), JSON.stringify({ body: BODY })]) {
      const delivery = { headers: signer.headers(BODY), body };
      const asked: unknown[] = [];
      const key = ({ senderId }: { senderId: string | undefined }) => {
        asked.push(senderId);
        return senderId === "webhook-1" ? signer.whpk : undefined;
      };
      for (const source of [keys, key]) {
        expect(await diagnose(delivery, { keys: source, now })).toMatchObject({
          error: { code: "no_key" },
          causes: [{ name: "body-encoded" }],
        });
      }
      // Once by `verify`, and once for each sender.
      expect(asked).toEqual([undefined, undefined, "webhook-1"]);
    }
  });

  test("a body that ends too early is named, though it says nothing of its sender", async () => {
    const delivery = { headers: signer.headers(BODY), body: BODY.slice(0, 50) };
    expect(await diagnose(delivery, { keys, now })).toMatchObject({
      error: { code: "no_key" },
      causes: [{ name: "body-truncated" }],
    });
  });
});

describe("the work is bounded", () => {
  test("nothing is decompressed to more than maxBodyBytes", async () => {
    const delivery = { headers: signer.headers(BODY), body: gzipSync(BODY) };
    expect(await diagnose(delivery, { ...options, maxBodyBytes: BODY.length })).toMatchObject({
      causes: [{ name: "body-encoded" }],
    });
    expect(await diagnose(delivery, { ...options, maxBodyBytes: BODY.length - 1 })).toMatchObject({ causes: [] });
  });

  test("of a body over a mebibyte, only what is around it is tried", async () => {
    const large = JSON.stringify({ type: "a", note: "x".repeat(1_048_576) });
    expect(await received(large, `${large}\n`)).toEqual(["signature_mismatch", "newline-added"]);
    expect(await received(large, JSON.stringify(JSON.parse(large), null, 2))).toEqual(["signature_mismatch"]);
    // As unlimited as its caller is: what comes out is what counts.
    const bomb = { headers: signer.headers(large), body: gzipSync(large) };
    expect(await diagnose(bomb, { ...options, maxBodyBytes: Number.POSITIVE_INFINITY })).toMatchObject({ causes: [] });
  });

  test("so many bytes are made and hashed, and no more", async () => {
    const checked = vi.spyOn(crypto.subtle, "verify");
    onTestFinished(() => checked.mockRestore());
    const body = JSON.stringify({ type: "a/b", note: '<é>"'.repeat(100_000) });
    expect(await received(BODY, body)).toEqual(["signature_mismatch"]);
    const lengths = checked.mock.calls.map(([, , , content]) => content.byteLength);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(134_217_728);
  });

  test("without a key, nothing is tried", async () => {
    const written = vi.spyOn(JSON, "stringify");
    onTestFinished(() => written.mockRestore());
    const none: [KeySource, string][] = [
      [() => undefined, "no_key"],
      [{}, "no_key"],
      [[], "configuration"],
    ];
    for (const [keys, code] of none) {
      const delivery = { headers: signer.headers(BODY), body: pretty };
      expect(await diagnose(delivery, { keys, now })).toMatchObject({ error: { code }, causes: [] });
    }
    expect(written).not.toHaveBeenCalled();
  });

  test("so many signatures are checked, and no more", async () => {
    const checked = vi.spyOn(crypto.subtle, "verify");
    onTestFinished(() => checked.mockRestore());
    const signature = Array.from({ length: 16 }, (_, index) => `v1a,${Buffer.alloc(64, index).toString("base64")}`);
    const headers = { ...signer.headers(BODY), "webhook-signature": signature.join(" ") };
    const keys = Array.from({ length: 32 }, () => new Signer().whpk);
    expect(await diagnose({ headers, body: BODY }, { keys, now })).toMatchObject({ causes: [] });
    // 64 of them by `verify` itself.
    expect(checked).toHaveBeenCalledTimes(4096 + 64);
  });
});
