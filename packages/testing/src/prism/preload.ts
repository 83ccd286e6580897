// The mock server loads this into Prism's process before Prism.
import { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mendPrism } from "./mends.ts";

const [, prism = ""] = process.argv;
mendPrism(prism);

// The channel to the parent closes when the parent ends in any way (also by SIGKILL, and on Windows), so no server is left behind.
process.once("disconnect", () => process.exit());

// Prism itself writes the port only to its log.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  this.once("listening", () => process.send?.((this.address() as AddressInfo).port));
  return Reflect.apply(listen, this, args);
};
