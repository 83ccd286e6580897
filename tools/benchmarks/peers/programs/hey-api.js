// Generated from the same document when the benchmark runs.
import { createClient } from "../generated/client/index.ts";
import { webhooksCreate } from "../generated/sdk.gen.ts";

export function connect({ baseUrl, token, fetch }) {
  const client = createClient({ baseUrl, auth: token, ...(fetch && { fetch }) });
  return async (body) => {
    const { data } = await webhooksCreate({ client, body, throwOnError: true });
    return data;
  };
}
