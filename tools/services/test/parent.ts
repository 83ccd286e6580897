// A process of its own that starts a server: what becomes of the server when this ends is what the tests look at.
import { startPostgres, startRedis } from "../src/index.ts";

const service = await (process.argv[2] === "redis" ? startRedis() : startPostgres());
process.stdout.write(`${service.url}\n`);
