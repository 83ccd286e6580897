import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A forward proxy for plain HTTP, on a free port. */
export interface ForwardProxy {
  readonly url: string;
  /** The hosts and ports that requests were for, in order. */
  readonly targets: readonly string[];
  close(): Promise<void>;
}

/** Starts a proxy. */
export async function startProxy(): Promise<ForwardProxy> {
  const targets: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { url = "", method, headers } = incoming;
    targets.push(new URL(url).host);
    incoming.pipe(
      request(url, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
