import { expect, test } from "vitest";
import { verify } from "../../src/index.ts";
import { BODY, ID, now, refusal, SECONDS, Signer } from "./support.ts";

const signer = new Signer();
// So that only the signature can refuse another timestamp.
const options = { keys: signer.whpk, now, tolerance: Number.POSITIVE_INFINITY };
const parts = {
  id: Buffer.from(ID),
  timestamp: Buffer.from(String(SECONDS)),
  body: Buffer.from(BODY),
  "text of the signature": Buffer.from(signer.signature()),
  "bytes of the signature": Buffer.from(signer.signature().slice(4), "base64"),
};

/** The delivery with one part of it replaced. */
function deliveryWith(part: keyof typeof parts, bytes: Buffer) {
  const all = { ...parts, [part]: bytes };
  const signature =
    part === "bytes of the signature"
      ? `v1a,${bytes.toString("base64")}`
      : all["text of the signature"].toString("latin1");
  return {
    headers: {
      "webhook-id": all.id.toString("latin1"),
      "webhook-timestamp": all.timestamp.toString("latin1"),
      "webhook-signature": signature,
    },
    body: all.body,
  };
}

test.each(Object.keys(parts) as (keyof typeof parts)[])("every one-bit change of the %s is refused", async (part) => {
  expect(await verify(deliveryWith(part, parts[part]), options)).toMatchObject({ id: ID });
  const codes = new Set<string>();
  for (let bit = 0; bit < parts[part].length * 8; bit++) {
    const changed = Buffer.from(parts[part]);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    codes.add((await refusal(deliveryWith(part, changed), options)).code);
  }
  const expected = {
    id: ["malformed_header", "signature_mismatch"],
    timestamp: ["malformed_header", "signature_mismatch"],
    body: ["signature_mismatch"],
    "text of the signature": [
      // One bit makes a space of a zero. Behind the comma, it looks like a header that came twice.
      ...(`${parts[part]}`.startsWith("v1a,0") ? ["malformed_header"] : []),
      "signature_mismatch",
      "unsupported_scheme",
    ],
    "bytes of the signature": ["signature_mismatch"],
  };
  expect([...codes].sort()).toEqual(expected[part]);
});
