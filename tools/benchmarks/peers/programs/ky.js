import ky from "ky";

export function connect({ baseUrl, token, fetch }) {
  const client = ky.create({ headers: { authorization: `Bearer ${token}` }, ...(fetch && { fetch }) });
  return (body) => client.post(`${baseUrl}/v1/webhooks`, { json: body }).json();
}
