import type { APIError, Webhook } from "@mindbridge-sdk/client";

/** A webhook as text for people. */
export function describeWebhook({ id, name, url, status, events, publicKey }: Webhook): string {
  const rows = { id, name, url, status, events: events.join(", "), "public key": publicKey };
  return Object.entries(rows)
    .map(([label, value]) => `  ${label.padEnd(10)}  ${value}`)
    .join("\n");
}

/** The message of an error, and the reasons that the mock gives in its body. */
export function describeRefusal({ name, message, text, body }: APIError): string {
  const { validation = [] } = (body ?? {}) as { validation?: { location: string[]; message: string }[] };
  const reasons = validation.map(({ location, message: reason }) => `  ${location.join(".")}: ${reason}`);
  return [`  ${name}: ${message.replace(text.slice(0, 200), "").trim()}`, ...reasons].join("\n");
}
