/** What a careful integrator writes: the bytes that are signed, and the signature, if the headers can be right. */
export function partsOf(header: (name: string) => unknown, body: Uint8Array) {
  const timestamp = header("webhook-timestamp");
  const signatures = header("webhook-signature");
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300 || typeof signatures !== "string") return undefined;
  const signature = signatures.split(" ").find((each) => each.startsWith("v1a,"));
  if (!signature) return undefined;
  const content = Buffer.concat([Buffer.from(`${String(header("webhook-id"))}.${String(timestamp)}.`), body]);
  return { content, signature: Buffer.from(signature.slice(4), "base64") };
}
