// The process that `prism-host.ts` starts. It serves each document that it is sent with the server of Prism's command line.
import { Server } from "node:http";
import { createRequire } from "node:module";
import { mendPrism } from "../../../../packages/testing/src/prism/mends.ts";

const { resolve } = createRequire(import.meta.url);
const required = createRequire(resolve("@stoplight/prism-cli/package.json"));
// As `startMockServer` does, before Prism is loaded.
mendPrism(resolve("@stoplight/prism-cli/dist/index.js"));

const { createLogger } = required("@stoplight/prism-core");
const { getHttpOperationsFromSpec, resetJSONSchemaGenerator } = required("@stoplight/prism-http");
const { createServer } = required("@stoplight/prism-http-server");

/** What `prism mock --errors` sets. */
const config = {
  isProxy: false,
  errors: true,
  validateRequest: true,
  validateResponse: true,
  checkSecurity: true,
  mock: { dynamic: false, ignoreExamples: false },
};

// On a busy machine Prism would close an idle connection just as a request is sent on it, which ends the run.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  this.keepAliveTimeout = 0;
  return Reflect.apply(listen, this, args);
};

process.once("disconnect", () => process.exit());
resetJSONSchemaGenerator();
process.on("message", (document) => void serve(document));

async function serve(document: unknown): Promise<void> {
  const operations = await getHttpOperationsFromSpec(document);
  const logger = createLogger("mutants", { enabled: false });
  const server = createServer(operations, { cors: true, config, components: { logger } });
  process.send?.({ document, url: await server.listen(0, "127.0.0.1") });
}
