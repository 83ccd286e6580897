// A process that starts a server. The tests kill it, and look whether the server ends.
import { startPostgres, startRedis } from "../src/index.ts";

const service = await (process.argv[2] === "redis" ? startRedis() : startPostgres());
process.stdout.write(`${service.url}\n`);
