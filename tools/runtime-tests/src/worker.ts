// What workerd runs: at /suite the suite, for a request that tells where the servers are; elsewhere an endpoint.
import type { Receiver } from "@mindbridge-sdk/receiver";
import { createEndpoint } from "./endpoint.ts";
import { runSuite, type Servers } from "./suite.ts";

let endpoint: Receiver | undefined;

const worker = {
  async fetch(request: Request): Promise<Response> {
    if (request.url.endsWith("/suite")) return Response.json(await runSuite((await request.json()) as Servers));
    // Random values, which a key pair takes, are to be had in a request only.
    endpoint ??= await createEndpoint();
    return endpoint.fetch(request);
  },
};

// The module format of Workers has a default export.
export default worker;
