// What workerd runs: the suite, for each request that tells it where the servers are.
import { runSuite, type Servers } from "./suite.ts";

const worker = {
  fetch: async (request: Request): Promise<Response> =>
    Response.json(await runSuite((await request.json()) as Servers)),
};

// The module format of Workers has a default export.
export default worker;
