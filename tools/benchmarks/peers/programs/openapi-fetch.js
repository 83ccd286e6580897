import createClient from "openapi-fetch";

export function connect({ baseUrl, token, fetch }) {
  const client = createClient({ baseUrl, fetch, headers: { authorization: `Bearer ${token}` } });
  return async (body) => {
    const { data, error } = await client.POST("/v1/webhooks", { body });
    if (error) throw error;
    return data;
  };
}
