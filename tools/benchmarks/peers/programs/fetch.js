// The baseline: nothing but fetch, and a check of the status.
export function connect({ baseUrl, token, fetch = globalThis.fetch }) {
  return async (body) => {
    const response = await fetch(`${baseUrl}/v1/webhooks`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The API answered ${response.status}.`);
    return response.json();
  };
}
