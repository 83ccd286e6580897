import { createFetch, ofetch } from "ofetch";

export function connect({ baseUrl, token, fetch }) {
  const call = fetch ? createFetch({ fetch, Headers, AbortController }) : ofetch;
  const headers = { authorization: `Bearer ${token}` };
  return (body) => call("/v1/webhooks", { baseURL: baseUrl, method: "POST", headers, body });
}
