import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { DeliveryError, type HeadersInput, type KeySource, verify } from "../../src/index.ts";
import { BODY, now, refusal, Signer } from "./support.ts";

/** `pnpm fuzz` draws other cases in each run, and twenty times as many. fast-check says with which seed one fails. */
const isFuzzing = process.env.MODE === "fuzz";

const signer = new Signer();
const good = signer.headers();
const NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
const options = { keys: signer.whpk, now, tolerance: Number.POSITIVE_INFINITY };

/** How many cases each of the properties below runs. */
const RUNS = isFuzzing
  ? { anything: 40_000, nearly: 40_000, keys: 20_000, bodies: 4_000 }
  : { anything: 2_000, nearly: 2_000, keys: 1_000, bodies: 200 };
// Other checks run beside them. Alone, they take a quarter of this.
if (isFuzzing) vi.setConfig({ testTimeout: 300_000 });
const check = <T>(property: fc.IAsyncProperty<T>, numRuns: number) =>
  fc.assert(property, { numRuns, ...(isFuzzing ? {} : { seed: 1 }) });

// Each of the three is right, or near to it, or anything at all, so that garbage also gets past the first checks.
const anyText = fc.string({ unit: "binary", maxLength: 40 });
const anyBase64 = fc.uint8Array({ minLength: 60, maxLength: 66 }).map((bytes) => Buffer.from(bytes).toString("base64"));
const signatures = fc
  .array(
    fc.oneof(
      anyBase64.map((each) => `v1a,${each}`),
      anyBase64,
      anyText,
      fc.constantFrom("v1a,", "v1,x", "v1a"),
    ),
    { maxLength: 20 },
  )
  .map((list) => list.join(" "));
const value = (name: (typeof NAMES)[number]) => {
  const likely = { "webhook-id": anyText, "webhook-timestamp": fc.nat().map(String), "webhook-signature": signatures }[
    name
  ];
  return fc.oneof(
    { weight: 6, arbitrary: name === "webhook-signature" ? likely : fc.constant(good[name]) },
    { weight: 3, arbitrary: likely },
    { weight: 1, arbitrary: fc.oneof(anyText, fc.constant(undefined), fc.array(anyText, { maxLength: 3 })) },
  );
};
const anyHeaders: fc.Arbitrary<HeadersInput> = fc.oneof(
  fc
    .tuple(value("webhook-id"), value("webhook-timestamp"), value("webhook-signature"))
    .map((values) => Object.fromEntries(NAMES.map((name, i) => [name, values[i]]))),
  fc.dictionary(
    fc.oneof(fc.constantFrom(...NAMES, "Webhook-Id", "__proto__", "get"), anyText),
    fc.oneof(anyText, fc.array(anyText)),
  ),
);
const anyBody = fc.oneof(
  fc.constant(BODY),
  anyText,
  fc.uint8Array({ maxLength: 40 }),
  fc.json(),
  fc.anything(),
) as fc.Arbitrary<string>;

test(`${RUNS.anything} deliveries of anything are refused`, async () => {
  const codes = new Set<string>();
  const anyKeys = fc.constantFrom<KeySource>(signer.whpk, { "webhook-1": signer.whpk }, async () => signer.whpk);
  await check(
    fc.asyncProperty(anyHeaders, anyBody, anyKeys, async (headers, body, keys) => {
      codes.add((await refusal({ headers, body }, { ...options, keys })).code);
    }),
    RUNS.anything,
  );
  // Else the cases are all refused at the same door.
  for (const code of [
    "missing_header",
    "malformed_header",
    "unsupported_scheme",
    "raw_body",
    "no_key",
    "signature_mismatch",
  ]) {
    expect(codes).toContain(code);
  }
});

/** Cuts something out of a text and puts something in its place. */
const anyEdit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(3),
  put: fc.oneof(fc.constantFrom("", " ", ".", ",", "=", "0", "\n"), anyText),
});
const edited = (original: string, { at, cut, put }: { at: number; cut: number; put: string }) => {
  const start = Math.floor(at * original.length);
  return original.slice(0, start) + put + original.slice(start + cut);
};

test(`${RUNS.nearly} deliveries that have been edited are refused`, async () => {
  const anyPart = fc.constantFrom("webhook-id", "webhook-timestamp", "webhook-signature", "body");
  await check(
    fc.asyncProperty(anyPart, anyEdit, fc.boolean(), async (part, edit, asBytes) => {
      const original: Record<string, string> = { ...good, body: BODY };
      const changed = edited(original[part] ?? "", edit);
      fc.pre(changed !== original[part]);
      const { body = "", ...headers } = { ...original, [part]: changed };
      const delivery = { headers, body: asBytes ? new TextEncoder().encode(body) : body };
      let raw: Uint8Array | undefined;
      try {
        ({ raw } = await verify(delivery, options));
      } catch (error) {
        if (error instanceof DeliveryError) return;
        throw error;
      }
      // What may be added to a list of signatures is anything that stands apart from the right one.
      const isStillThere = part === "webhook-signature" && changed.split(" ").includes(good["webhook-signature"]);
      expect(isStillThere, `accepted with ${part} ${JSON.stringify(changed)}`).toBe(true);
      expect(Buffer.from(raw).toString()).toBe(BODY);
    }),
    RUNS.nearly,
  );
});

/** White space, padding, spare bits and `whpk_` may come and go, and the alphabet may change: it is still the same key. */
function isSignersKey(text: string): boolean {
  const base64 = text.trim().replaceAll(/^whpk_|\s/g, "");
  return /^[\w+/-]*={0,2}$/.test(base64) && Buffer.from(base64, "base64").equals(signer.bytes);
}

test(`${RUNS.keys} keys of anything accept nothing`, async () => {
  const bytes = fc.uint8Array({ minLength: 30, maxLength: 46 }).map((each) => Buffer.from(each).toString("base64"));
  const key = fc.oneof(
    bytes,
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((each) => `whpk_${Buffer.from(each).toString("base64url")}`),
    anyEdit.filter(({ cut, put }) => cut > 0 || put !== "").map((edit) => edited(signer.whpk, edit)),
    fc.record({
      kty: fc.constantFrom("OKP", "RSA"),
      crv: fc.constantFrom("Ed25519", "X25519"),
      x: fc.oneof(bytes, anyText),
    }),
    fc.anything(),
  ) as fc.Arbitrary<string>;
  const delivery = { headers: good, body: BODY };
  await check(
    fc.asyncProperty(key, async (each) => {
      const keys = [each];
      fc.pre(typeof each !== "string" || !isSignersKey(each));
      expect(["configuration", "invalid_key", "signature_mismatch"]).toContain(
        (await refusal(delivery, { ...options, keys })).code,
      );
    }),
    RUNS.keys,
  );
});

test(`${RUNS.bodies} signed bodies come through, or are no JSON objects`, async () => {
  const signed = fc.oneof(
    fc.json(),
    fc.dictionary(anyText, fc.jsonValue()).map((each) => JSON.stringify(each)),
    anyText,
  );
  await check(
    fc.asyncProperty(signed, async (body) => {
      fc.pre(!/\p{Cs}/u.test(body));
      let parsed: unknown;
      try {
        parsed = JSON.parse(body.replace(/^\ufeff/, ""));
      } catch {}
      const delivery = { headers: signer.headers(body), body };
      if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
        const { raw, known } = await verify(delivery, options);
        expect(Buffer.from(raw).toString()).toBe(body);
        expect(known).toBe(false);
      } else expect((await refusal(delivery, options)).code).toBe("invalid_body");
    }),
    RUNS.bodies,
  );
});
