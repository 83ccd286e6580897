import type { Webhook } from "@mindbridge-sdk/client";

/** A webhook as lines for people to read. */
export function describeWebhook({ id, name, url, status, events, publicKey }: Webhook): string {
  const rows = { id, name, url, status, events: events.join(", "), "public key": publicKey };
  return Object.entries(rows)
    .map(([label, value]) => `  ${label.padEnd(10)}  ${value}`)
    .join("\n");
}
