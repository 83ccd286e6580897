import { Stripe } from "stripe";

// It sends JSON to what its API calls v2, and forms elsewhere.
export function connect({ baseUrl, token, fetch }) {
  const { hostname: host, port, protocol } = new URL(baseUrl);
  const stripe = new Stripe(token, {
    host,
    port,
    protocol: protocol.slice(0, -1),
    httpClient: Stripe.createFetchHttpClient(fetch),
    telemetry: false,
  });
  return (body) => stripe.rawRequest("POST", "/v2/webhooks", body);
}
