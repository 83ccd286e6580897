// A process that starts a mock server. The tests look at what becomes of the server when this process ends.
import { startMockServer } from "../src/mock-server.ts";

const server = await startMockServer();
process.stdout.write(`${server.url}\n`);
const [, , mode] = process.argv;
if (mode === "close") {
  await Promise.all([server.close(), server.close()]);
  const error = await server.exited;
  if (error) throw error;
}
if (mode === "throw") throw new Error("The parent fails.");
