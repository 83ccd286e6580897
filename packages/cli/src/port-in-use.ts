/** What to throw where something else listens on a port. */
export function portInUse(port: number): Error {
  const message = `Port ${port} is in use (EADDRINUSE): end what listens there, or give another with --port (0 for a free one).`;
  return Object.assign(new Error(message), { code: "EADDRINUSE" });
}
