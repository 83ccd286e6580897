import { DeliveryError } from "./delivery-error.ts";

/** What was given as the body is not what was received: it has been parsed, or read before, or decoded with losses. */
export class RawBodyError extends DeliveryError {
  static {
    this.prototype.name = "RawBodyError";
  }

  declare readonly code: "raw_body";

  constructor(what: string) {
    super(
      `The body of the delivery ${what}, but the signature covers the bytes as they came. Express: express.raw({ type: "*/*" }) before any parser, then req.body. Fastify: addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => done(null, body)). Next: verify(request, …) in a route handler; under pages/api, bodyParser: false. Hono: verify(c.req.raw, …).`,
    );
  }
}
