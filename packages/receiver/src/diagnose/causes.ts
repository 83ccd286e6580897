/** What usually happens to deliveries: how we explain it, and what to do about it. */
export const CAUSES = {
  "body-parsed": [
    "The body that was given is not what was received: something parsed it, or read the request before.",
    "Keep the raw body. Express: express.raw({ type: '*/*' }) on this route, before any parser. Fastify: addContentTypeParser('application/json', { parseAs: 'buffer' }, …). Next: verify(request, …) in a route handler; under pages/api, export const config = { api: { bodyParser: false } }. Hono: verify(c.req.raw, …) before c.req.json().",
  ],
  "body-empty": [
    "The body is empty.",
    "Look for what reads the request first: a body parser, a logger, a proxy that follows a redirect with GET.",
  ],
  "body-truncated": [
    "The body is JSON that ends before it is complete.",
    "Look for what cuts it short: a limit of a parser, a log or a column of a database, a connection that broke off.",
  ],
  "body-reserialised": [
    "The body has been parsed and written again: the same JSON in another form (spaces, indentation, escapes) matches.",
    "Verify the bytes as they came, before anything parses them, not JSON.stringify(body).",
  ],
  "body-encoded": [
    "The body has been encoded since it was signed.",
    "Verify the bytes as they came: decode first what a gateway, a queue, a log or a database has encoded. AWS Lambda: Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8').",
  ],
  "newline-added": [
    "A line break at the end of the body was not signed: without it, the signature matches.",
    "Look for what adds it: a file written by an editor or by echo, a template, a logging proxy.",
  ],
  "newline-removed": [
    "A line break at the end of the body is lost: with it, the signature matches.",
    "Look for what trims the body: trim(), a shell's $(…), a test fixture.",
  ],
  crlf: [
    "The line breaks of the body have been converted between CRLF and LF: converted back, the signature matches.",
    "Treat the body as bytes. In a repository, keep git from converting fixtures (.gitattributes: -text).",
  ],
  "byte-order-mark": [
    "A byte order mark before the body has been lost or added: put back, the signature matches.",
    "Treat the body as bytes: decoding text, as Request.text() does, takes the mark away.",
  ],
  "wrong-charset": [
    "The UTF-8 of the body has been read or written as another charset.",
    "Treat the body as bytes, or decode it as UTF-8 and write it as UTF-8. PowerShell's > writes UTF-16.",
  ],
  milliseconds: [
    "The time of signing is in milliseconds, where it should be in seconds.",
    "Where you sign test deliveries yourself, use Math.floor(Date.now() / 1000). Else look for what rewrites the header.",
  ],
  "id-and-timestamp-swapped": [
    "webhook-id and webhook-timestamp have changed places: swapped back, the signature matches.",
    "Where you map headers or sign test deliveries yourself, sign `{id}.{timestamp}.{body}`.",
  ],
  "header-renamed": [
    "Headers are there under other names.",
    "Pass headers on with the names that they came with: webhook-id, webhook-timestamp, webhook-signature. CGI and WSGI write HTTP_WEBHOOK_ID, and an object may have webhook_id: map them back.",
  ],
  "header-rewritten": [
    "The signature matches, but for how a header is written.",
    "Pass headers on as they came: the time as digits, not as a date, and nothing in quotes.",
  ],
  "another-scheme": [
    "There is no v1a signature. Those that are there are of another scheme, such as v1, which uses a shared secret.",
    "Make sure that the delivery is from MindBridge, and that a v1a signature is not lost on the way.",
  ],
  "signature-damaged": [
    "No v1a signature is whole: each is the base64 of 64 bytes, which has 88 characters.",
    "Look for what cuts the header short or rewrites it: a limit of a log or a database, copying by hand.",
  ],
  "signature-rewritten": [
    "The signature matches, but its header has been rewritten: quoted, encoded for a URL, without its scheme, joined by commas, in another base64 or in hexadecimal digits.",
    "Pass the header on as it came. Other spellings are refused, so that each signature has only one.",
  ],
  "wrong-kind-of-key": [
    "A key is of the wrong kind.",
    "Use the publicKey of the webhook, as webhooks.get gives it: an Ed25519 public key.",
  ],
  "key-of-another-sender": [
    "The signature matches with the key of another sender.",
    "Key each webhook by its own id: the senderId of the delivery is the id of the webhook.",
  ],
  clock: [
    "The signature matches: only the time is off.",
    "Compare the clock of this machine with a time server. If it is right, the delivery was held up, or someone repeats it.",
  ],
} as const;

/** The name of a cause. It never changes its meaning. */
export type CauseName = keyof typeof CAUSES;

/** Why a delivery is refused. The texts hold no key, and nothing of the body. */
export interface Cause {
  readonly name: CauseName;
  readonly explanation: string;
  readonly whatToDo: string;
}

/** A cause that was found, with an explanation of its own where the cause has several forms. */
export interface Finding {
  readonly name: CauseName;
  readonly explanation?: string | undefined;
}

/** What to say of each finding, once. */
export function causesFrom(findings: readonly (Finding | undefined)[]): Cause[] {
  const causes = findings.flatMap((finding) => {
    if (!finding) return [];
    const [explanation, whatToDo] = CAUSES[finding.name];
    return { name: finding.name, explanation: finding.explanation ?? explanation, whatToDo };
  });
  return [...new Map(causes.map((cause) => [cause.explanation, cause])).values()];
}

/** A body that may have been signed, and what must have happened to it since, the last first. */
export interface Variant {
  readonly findings: readonly Finding[];
  readonly body: Uint8Array;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** What the body was before one cause. */
export function variant(name: CauseName, body: Uint8Array | string, explanation?: string): Variant {
  return { findings: [{ name, explanation }], body: typeof body === "string" ? encoder.encode(body) : body };
}

/** The same, with what has been done to the body in words that go on from "has been". */
export function undone(name: CauseName, body: Uint8Array | string, how: string): Variant {
  return variant(name, body, `The body has been ${how}: undone, the signature matches.`);
}
