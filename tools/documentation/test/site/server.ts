import { once } from "node:events";
import { readFile } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** Serves a folder of static files on a free port. */
export async function serveFolder(folder: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? "/", "http://site");
    const file = join(folder, normalize(decodeURIComponent(pathname)).replace(/\/$/, "/index.html"));
    readFile(file, (error, content) => {
      if (error) outgoing.writeHead(404).end();
      else {
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        // A browser compiles a script once that it may keep.
        outgoing.writeHead(200, { "content-type": type, "cache-control": "max-age=3600" }).end(content);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
