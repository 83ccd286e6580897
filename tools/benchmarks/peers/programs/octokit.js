import { Octokit } from "@octokit/core";

export function connect({ baseUrl, token, fetch }) {
  const octokit = new Octokit({ auth: token, baseUrl, ...(fetch && { request: { fetch } }) });
  return async (body) => (await octokit.request("POST /v1/webhooks", { data: body })).data;
}
