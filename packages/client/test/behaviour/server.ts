import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Step } from "./support.ts";

/** A server that misbehaves on demand, and tells what it received. */
export interface MisbehavingServer {
  readonly origin: string;
  /** The same server under another origin. */
  readonly otherOrigin: string;
  /** Where nothing listens. */
  readonly deadOrigin: string;
  close(): Promise<void>;
}

interface Scenario {
  readonly steps: Step[];
  readonly received: { method: string; path: string; headers: Record<string, unknown>; body: string }[];
}

/**
 * Starts it on free ports of the loopback address.
 *
 * `PUT /control/<id>` takes the steps of a scenario, one for each request, the last one for all that follow;
 * `GET /control/<id>` tells what came; everything under `/s/<id>` is answered as the steps say.
 */
export async function startServer(): Promise<MisbehavingServer> {
  const scenarios = new Map<string, Scenario>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(scenarios, request, Buffer.concat(chunks).toString(), response));
  };
  const servers = [createServer(handle), createServer(handle), createServer()];
  const origins = await Promise.all(
    servers.map(
      (server) =>
        new Promise<string>((resolve) => {
          server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
        }),
    ),
  );
  const close = (server: (typeof servers)[number]): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const [open, other, dead] = servers as [(typeof servers)[0], (typeof servers)[0], (typeof servers)[0]];
  await close(dead);
  return {
    origin: origins[0] ?? "",
    otherOrigin: origins[1] ?? "",
    deadOrigin: origins[2] ?? "",
    close: async () => {
      await Promise.all([close(open), close(other)]);
    },
  };
}

function answer(
  scenarios: Map<string, Scenario>,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): void {
  const [, kind = "", id = "", ...rest] = (request.url ?? "").split("/");
  if (kind === "control" && request.method === "PUT") {
    scenarios.set(id, { steps: JSON.parse(body), received: [] });
    response.end();
    return;
  }
  const scenario = scenarios.get(id) ?? { steps: [], received: [] };
  if (kind === "control") {
    response.end(JSON.stringify(scenario.received));
    return;
  }
  scenario.received.push({
    method: request.method ?? "",
    path: `/${rest.join("/")}`,
    headers: request.headers,
    body,
  });
  const step = scenario.steps[Math.min(scenario.received.length, scenario.steps.length) - 1] ?? { status: 599 };
  act(step, request, response);
}

function act(step: Step, request: IncomingMessage, response: ServerResponse): void {
  if (step.before === "cut") request.socket.destroy();
  if (step.before) return;
  // Without a length in its headers, a response is chunked.
  response.writeHead(step.status ?? 200, step.headers ?? {});
  const text = (step.body ?? "").replaceAll("{authorization}", String(request.headers.authorization));
  if (!step.middle) {
    response.end(text);
    return;
  }
  response.write(text, () => {
    if (step.middle === "cut") request.socket.destroy();
  });
}
