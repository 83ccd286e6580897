import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { Context } from "../action.ts";
import { hostnameOf, isLoopback, listenOnLoopback } from "../addresses.ts";
import { explainError } from "../describe-error.ts";
import { firstOf, type ListenRecord } from "../listen/record.ts";

/** The page of `listen --inspect`. */
export interface Inspector {
  /** Its address, which nobody can guess. */
  readonly url: string;
  /** Shows a delivery on every page that is open. */
  show(record: ListenRecord): void;
  close(): void;
}

/** What a page is told first. */
export interface Welcome {
  /** Where deliveries are received. */
  readonly url: string;
  /** Where they are passed on to, without a user and a password. */
  readonly target: string | undefined;
  /** The command that sends the first delivery. */
  readonly trigger: string;
  /** The newest first. */
  readonly records: readonly ListenRecord[];
}

interface InspectorOptions extends Welcome {
  /** 0 for a free one. */
  readonly port: number;
  /** What errors are explained to. */
  readonly caller: Pick<Context, "env" | "access">;
  /** Sends a delivery again. `undefined` if there is nowhere to send it. */
  readonly sendAgain: ((record: ListenRecord, signedAnew: boolean) => Promise<ListenRecord>) | undefined;
}

/** Serves the page on loopback. To read it, one needs its address. A page of another site cannot read it, even with the address. */
export async function openInspector({
  port,
  caller,
  sendAgain,
  records,
  ...welcome
}: InspectorOptions): Promise<Inspector> {
  const token = randomBytes(16).toString("base64url");
  const page = readPage();
  const streams = new Set<ServerResponse>();
  let shown = firstOf(records);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, given = "", path = "", query] = /^\/([^/?]*)(\/[^?]*)?(?:\?(.*))?$/.exec(request.url ?? "") ?? [];
    const route = isAllowed(request) && isEqual(given, token) ? `${request.method} ${path}` : "";
    if (route === "GET ") {
      response.writeHead(308, { ...HEADERS, location: `/${token}/` }).end();
    } else if (route === "GET /") {
      response
        .writeHead(200, { ...HEADERS, "content-type": "text/html; charset=utf-8", ...page.headers })
        .end(page.html);
    } else if (route === "GET /events" && isOfOwnPage(request)) {
      response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
      response.write(eventOf("welcome", { ...welcome, records: shown } satisfies Welcome));
      streams.add(response);
      response.on("close", () => streams.delete(response));
    } else if (route === "POST /again" && isOfOwnPage(request) && request.headers.origin !== undefined) {
      const { status, ...document } = await repeat(new URLSearchParams(query));
      response.writeHead(status, { ...HEADERS, "content-type": "application/json" }).end(JSON.stringify(document));
    } else {
      // Every refusal looks the same, so that nobody learns which part of a guess was right.
      response.writeHead(404, { ...HEADERS, connection: "close" }).end();
    }
  };
  const repeat = async (query: URLSearchParams): Promise<{ status: number; name?: string; error?: string }> => {
    const record = shown.find(({ name }) => name === query.get("name"));
    if (!record || !sendAgain) return { status: 404, error: "This delivery is not kept any more." };
    try {
      const { name } = await sendAgain(record, query.get("signedAnew") === "true");
      return { status: 200, name };
    } catch (error) {
      return { status: 500, error: explainError(error, caller) };
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const origin = await listenOnLoopback(server, port, "--inspect");

  return {
    url: `${origin}/${token}/`,
    show: (record) => {
      shown = firstOf([record, ...shown]);
      for (const stream of streams) stream.write(eventOf("delivery", record));
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The headers of every answer. There are none of CORS, so pages of other sites can read nothing. */
const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** The built page, and a policy by which it runs its own script and nothing else, and never makes HTML of a text. */
function readPage(): { readonly html: string; readonly headers: Readonly<Record<string, string>> } {
  const html = readFileSync(createRequire(import.meta.url).resolve("#inspector.html"), "utf8");
  const hashOf = (element: string) => {
    const [, content = ""] = new RegExp(`<${element}[^>]*>(.*)</${element}>`, "s").exec(html) ?? [];
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  };
  const policy = {
    "default-src": "'none'",
    "script-src": hashOf("script"),
    "style-src": hashOf("style"),
    "img-src": "data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
  };
  const directives = Object.entries(policy).map(([name, value]) => `${name} ${value}`);
  return { html, headers: { "content-security-policy": directives.join("; ") } };
}

/** Whether a request names this machine. A web page can lead its own name here (DNS rebinding). */
function isAllowed({ headers: { host, origin } }: IncomingMessage): boolean {
  return isLoopback(hostnameOf(host)) && (origin === undefined || origin === `http://${host}`);
}

/** Whether a request comes from our page, as far as the browser says. */
function isOfOwnPage({ headers }: IncomingMessage): boolean {
  return /^(?:same-origin|none)$/.test(headers["sec-fetch-site"] ?? "none");
}

function isEqual(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function eventOf(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
