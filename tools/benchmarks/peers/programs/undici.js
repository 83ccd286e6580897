// Not fetch: the requests that Node's fetch is made of, without what the standard asks of it.
import { request } from "undici";

export function connect({ baseUrl, token }) {
  return async (content) => {
    const { statusCode, body } = await request(`${baseUrl}/v1/webhooks`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(content),
    });
    if (statusCode > 299) throw new Error(`The API answered ${statusCode}.`);
    return body.json();
  };
}
