import type { RequestHandler } from "./$types";

export const POST: RequestHandler = async ({ request }) => {
  // Loaded with the first request: `vite build` loads this module, too, and need not have the key.
  const { receiver } = await import("../../../lib/receiver");
  return receiver.fetch(request);
};
