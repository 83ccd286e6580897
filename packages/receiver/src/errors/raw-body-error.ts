import { DeliveryError } from "./delivery-error.ts";

/** What was given as the body is not what was received: it has been parsed, or read before, or decoded with losses. */
export class RawBodyError extends DeliveryError {
  static {
    this.prototype.name = "RawBodyError";
  }

  declare readonly code: "raw_body";

  constructor() {
    super(
      'The body was parsed or read before. Pass the body as it came. Express: express.raw({ type: "*/*" }). Fastify: a parser with parseAs: "buffer". Next: verify(request, ...) or bodyParser: false. Hono: verify(c.req.raw, ...).',
    );
  }
}
