import type { Env } from "./deliveries.ts";

export { Deliveries } from "./deliveries.ts";

const worker: ExportedHandler<Env> = {
  async fetch(request, { DELIVERIES }) {
    if (new URL(request.url).pathname !== "/webhooks/mindbridge") return new Response(null, { status: 404 });
    return DELIVERIES.getByName("all").fetch(request);
  },
};

// The module format of Workers has a default export.
export default worker;
