// With a shared secret: it has no public keys.
import { Webhook } from "standardwebhooks";

export const verifier = ({ secret }) => {
  const webhook = new Webhook(secret);
  return async (headers, body) => webhook.verify(new TextDecoder().decode(body), Object.fromEntries(headers));
};
