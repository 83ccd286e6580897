/** What to do about each error of a delivery, which its message says, too. */
export const ADVICE = {
  missing_header: "Pass on all headers, and keep them.",
  malformed_header: "Pass on the headers as they came.",
  too_old: "Check the clock of the machine that receives.",
  too_new: "Check the clock of the machine that receives.",
  unsupported_scheme: "The webhook-signature header has no v1a signature. Is it from MindBridge?",
  no_key: "keys has no key for the sender, or its function gave none. Add the publicKey of the webhook.",
  invalid_key: "Pass the publicKey of the webhook, or in tests allowTestKey.",
  signature_mismatch:
    "No signature matches. Another webhook may have sent it. Pass the body as it came and the publicKey of the webhook, or see diagnose().",
  invalid_body: "The body is signed, but is not a JSON object.",
  raw_body:
    'A parser ran before the receiver, or the body was read before. Pass it as it came. NestJS: rawBody: true. Express: the route before express.json(), or express.raw({ type: "*/*" }). node:http: no setEncoding(). Fastify: parseAs: "buffer". Next: bodyParser: false. Hono: c.req.raw.',
  body_too_large: "Raise maxBodyBytes if it is a delivery.",
  key_source: "The keys function failed, or has no key yet. See cause.",
  unsupported_runtime: "This runtime has no Ed25519 in WebCrypto. Use Node 22.13 or later.",
};

/** What to do about each other reason why a delivery was not handled. */
export const ADVICE_ON_HANDLING = {
  aborted:
    "The request or the job was aborted before the handler ended. Give it more time, or put work that takes long into a queue.",
  closing:
    "The receiver is shutting down: have the delivery sent again. If close() cut its handler off, raise its timeout.",
  configuration: "An option cannot work. Correct the one that the log names.",
  handler: "The handler threw. The hook `failed` gets the error.",
  held: "Another process or request is handling the delivery.",
  incomplete_body: "The body broke off, or took longer than bodyTimeout.",
  internal: "An option threw. The hook `refused` gets the error.",
  lease_lost:
    "The claim was lost. Raise lease, or find out what stalls the process or the store, such as a handler that waits for a second connection.",
  malformed_data: "The type is listed, but data is not an object, so on cannot handle it. Add onUnknown.",
  method_not_allowed: "The method is not POST.",
  overloaded: "Bodies exceed maxPendingBytes. Raise it, or run more processes.",
  store: "The store failed. The hooks `refused` and `failed` get the error.",
  unsupported_media_type: "The Content-Type is not JSON. Have the proxy leave it alone.",
};

/**
 * What the developer of an endpoint should do about the `code` of an answer.
 *
 * @returns `undefined` if no receiver answers with this code.
 */
export function adviceOn(code: string): string | undefined {
  // A log line names the place where the handler threw. An answer does not.
  const handler = `${ADVICE_ON_HANDLING.handler} Without it, its log says where.`;
  return new Map(Object.entries({ ...ADVICE, ...ADVICE_ON_HANDLING, handler })).get(code);
}
