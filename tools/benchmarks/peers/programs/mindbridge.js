import { MindBridge } from "@mindbridge-sdk/client";

export function connect({ baseUrl, token, fetch }) {
  const mindbridge = new MindBridge({ baseUrl, token, fetch });
  return (body) => mindbridge.webhooks.create(body);
}
