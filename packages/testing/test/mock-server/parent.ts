// A process of its own that starts a mock server: what becomes of the server when this ends is what the tests look at.
import { startMockServer } from "../../src/mock-server/index.ts";

const server = await startMockServer();
process.stdout.write(`${server.url}\n`);
if (process.argv[2] === "close") await server.close();
if (process.argv[2] === "throw") throw new Error("The parent fails.");
