import OpenAI from "openai";

export function connect({ baseUrl, token, fetch }) {
  const client = new OpenAI({ apiKey: token, baseURL: baseUrl, fetch, dangerouslyAllowBrowser: true });
  return (body) => client.post("/v1/webhooks", { body });
}
