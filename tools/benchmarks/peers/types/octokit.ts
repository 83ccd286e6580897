import { Octokit } from "@octokit/core";

// The call of its own API that comes closest: its types know no other.
const { data } = await new Octokit().request("POST /repos/{owner}/{repo}/hooks", {
  owner: "acme",
  repo: "books",
  config: { url: "https://hooks.example.com" },
  events: ["push"],
});
export const id: number = data.id;
