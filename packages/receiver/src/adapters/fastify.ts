import type { NodeBody } from "../body.ts";
import type { Receiver } from "../receiver/types.ts";
import { bodyOf, CLOSE, type NodeHeaders, nodeHeaders } from "./request.ts";

/** The `FastifyRequest` of Fastify 5. */
export interface FastifyLikeRequest {
  readonly method: string;
  readonly headers: NodeHeaders;
  readonly raw: NodeBody & { readonly complete: boolean };
  readonly body?: unknown;
  /** The bytes of the body, where fastify-raw-body and its like have kept them. */
  readonly rawBody?: unknown;
}

/** The `FastifyReply` of Fastify 5. */
export interface FastifyLikeReply {
  code(status: number): unknown;
  headers(headers: Record<string, string>): unknown;
  send(body: string): unknown;
}

/** The `FastifyInstance` of Fastify 5. */
export interface FastifyLikeInstance {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(type: string, parser: (request: unknown, payload: NodeBody) => Promise<unknown>): unknown;
  all(path: string, handler: (request: FastifyLikeRequest, reply: FastifyLikeReply) => Promise<unknown>): unknown;
}

/**
 * A plugin for Fastify 5 that answers at the prefix it is registered with:
 * `app.register(fastify(receiver), { prefix: "/webhooks" })`.
 *
 * It reads the body itself. For that it replaces the parsers of content types, in its own context only.
 */
export function fastify(receiver: Pick<Receiver, "handle">) {
  return async (instance: FastifyLikeInstance): Promise<void> => {
    instance.removeAllContentTypeParsers();
    instance.addContentTypeParser("*", async (_request, payload) => payload);
    instance.all("/", async (request, reply) => {
      const { status, headers, body } = await receiver.handle({
        method: request.method,
        headers: nodeHeaders(request.headers),
        body: bodyOf(request, (request.body as NodeBody | undefined) ?? request.raw),
      });
      reply.code(status);
      reply.headers(request.raw.complete ? headers : { ...headers, ...CLOSE });
      return reply.send(body);
    });
  };
}
