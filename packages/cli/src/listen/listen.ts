import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type DeliveryError, type KeySource, KeySourceError, rotatingKeys, verify } from "@mindbridge-sdk/receiver";
import { diagnose } from "@mindbridge-sdk/receiver/diagnose";
import { type Context, EXIT } from "../action.ts";
import { hostnameOf, isLoopback, portInUse, readTarget, shownUrl } from "../addresses.ts";
import { type ApiOptions, createClient } from "../configuration.ts";
import { describeRefusal, explainError } from "../describe-error.ts";
import { UsageError } from "../errors.ts";
import { printableLine } from "../printable.ts";
import { checkKeys, readKeys } from "../public-keys.ts";
import { loadSigningKey } from "../signing-key.ts";
import { MAX_BODY_BYTES, readBody } from "./body.ts";
import { forward } from "./forward.ts";
import { formatRecord, type ListenRecord } from "./record.ts";

/** The options of `mindbridge listen`. */
export interface ListenOptions extends ApiOptions {
  readonly port: number;
  readonly forward?: string | undefined;
  readonly allowRemote?: true | undefined;
  /** The host names that requests may name besides those of this machine. */
  readonly allowHost: readonly string[];
  readonly key: readonly string[];
  readonly webhook: readonly string[];
  readonly save?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** Receives deliveries on this machine and shows them, until it is interrupted. */
export async function listen(options: ListenOptions, context: Context): Promise<number> {
  const { output, signal } = context;
  const { allowRemote = false, allowHost } = options;
  const target = options.forward === undefined ? undefined : readTarget(options.forward, "--forward", { allowRemote });
  const { keys, shown } = await keysOf(options, context);
  if (options.save !== undefined) await makeFolder(options.save);
  let count = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const hostname = hostnameOf(request.headers.host);
    if (!isLoopback(hostname) && !allowHost.includes(hostname)) {
      output.warn(describeMisdirected(hostname));
      response.writeHead(421, { connection: "close" }).end();
      return;
    }
    const { bytes: body, isWhole } = await readBody(request);
    if (!isWhole) {
      output.warn(`A body of more than ${MAX_BODY_BYTES} bytes was refused.`);
      response.writeHead(413, { connection: "close" }).end();
      return;
    }
    const checked = await check(request, body, keys, context);
    count += 1;
    const saved = options.save === undefined ? undefined : await save(options.save, count, request, body);
    const forwarded = target && (await forward(target, request, body, { signal }));
    const status = forwarded ? (forwarded.status ?? 502) : statusOf(checked);
    response.writeHead(status, forwarded?.headers ?? []).end(forwarded?.body);
    const record: ListenRecord = {
      ...checked,
      status,
      ...(forwarded && {
        forwarded: {
          status: forwarded.status,
          milliseconds: forwarded.milliseconds,
          error: forwarded.error,
          truncatedAt: forwarded.truncatedAt,
        },
      }),
      ...(saved && { saved }),
    };
    output.record(record, () => formatRecord(record, shown, output));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // The command is ending, or the sender has broken off.
      const isOver = signal.aborted || !request.complete;
      if (!isOver) output.warn(`A delivery was answered with 500: ${explainError(error, context)}`);
      if (isOver || response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? portInUse(options.port) : error;
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  output.tell(`Deliveries are received on ${output.style("bold", url)}. Interrupt it to end it (Ctrl+C).`);
  if (target) output.tell(`They are passed on to ${shownUrl(target)}`);
  if (!signal.aborted) await once(signal, "abort");
  server.close();
  server.closeAllConnections();
  return EXIT.success;
}

/** The keys that verify deliveries, and what `--key` of `mindbridge verify` is to be given for them. */
async function keysOf(
  options: ListenOptions,
  context: Context,
): Promise<{ readonly keys: KeySource; readonly shown: readonly string[] }> {
  const { key, webhook, keyFile } = options;
  if (key.length > 0 && webhook.length > 0) throw new UsageError("Give either --key or --webhook, not both.");
  if (webhook.length > 0) {
    const mindbridge = await createClient(options, context);
    const fetchKey = async (id: string) => (await mindbridge.webhooks.get(id, { signal: context.signal })).publicKey;
    return { keys: rotatingKeys(fetchKey, { senders: webhook }), shown: ["whpk_…"] };
  }
  if (key.length > 0) {
    const keys = readKeys(key);
    await checkKeys(keys);
    return { keys, shown: key };
  }
  const { signer } = await loadSigningKey(keyFile, context.env);
  return { keys: signer.publicKey, shown: [signer.publicKey] };
}

/**
 * Says that a request names another host. A web page can lead its own name to this machine (DNS rebinding), and would then read what
 * the endpoint answers.
 */
function describeMisdirected(hostname: string): string {
  const named = hostname === "" ? "no host" : `the host ${printableLine(hostname)}`;
  return `A request for ${named} was refused with 421. If it came through a tunnel or a proxy of yours, allow its name with --allow-host.`;
}

/** Makes the folder, unless it is there, so that nobody else can read it: deliveries hold the data of customers. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UsageError(`--save: the folder cannot be made: ${(error as Error).message}`, { cause: error });
  }
}

async function check(
  request: IncomingMessage,
  body: Buffer,
  keys: KeySource,
  context: Context,
): Promise<Omit<ListenRecord, "status">> {
  const { signal } = context;
  const headers = request.headersDistinct;
  const seconds = Number(headers["webhook-timestamp"]?.[0]);
  const text = Buffer.from(body.toString()).equals(body) ? body.toString() : undefined;
  const { type, senderId } = claimsOf(text);
  const said = {
    receivedAt: new Date().toISOString(),
    type,
    id: headers["webhook-id"]?.[0],
    senderId,
    age: Number.isInteger(seconds) ? Math.floor(Date.now() / 1000) - seconds : undefined,
    body: text,
  };
  // The webhooks of the mock have the published test key, and nothing here depends on who has signed.
  const options = { keys, allowTestKey: true, signal };
  try {
    await verify({ headers, body }, options);
    return { ...said, verified: true };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KeySourceError) {
      const message = `The key cannot be fetched. ${explainError(error.cause, context)}`;
      return { ...said, verified: false, error: { code: error.code, message }, causes: [] };
    }
    const diagnosis = await diagnose({ headers, body }, options).catch(() => undefined);
    const causes = diagnosis?.verified === false ? diagnosis.causes : [];
    return { ...said, verified: false, error: describeRefusal(error as DeliveryError), causes };
  }
}

/** The type and the sender that a body names, genuine or not. */
function claimsOf(text: string | undefined): { type: string | undefined; senderId: string | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    // It is not JSON.
  }
  const { type, senderId } = (value ?? {}) as { type?: unknown; senderId?: unknown };
  const textOf = (claim: unknown) => (typeof claim === "string" ? claim : undefined);
  return { type: textOf(type), senderId: textOf(senderId) };
}

/** The status that a receiver answers with. */
function statusOf({ verified, error }: Pick<ListenRecord, "verified" | "error">): number {
  if (verified) return 204;
  if (error?.code === "key_source") return 503;
  return error && /^(?:missing_header|malformed_header|invalid_body)$/.test(error.code) ? 400 : 401;
}

/** Writes a delivery into files, as it came. Nobody else can read them. */
async function save(
  folder: string,
  number: number,
  { rawHeaders }: IncomingMessage,
  body: Buffer,
): Promise<{ headers: string; body: string }> {
  const name = join(folder, `${Date.now()}-${number}`);
  const lines = rawHeaders.flatMap((text, index) => (index % 2 === 0 ? [`${text}: ${rawHeaders[index + 1]}\n`] : []));
  const files = { headers: `${name}.headers`, body: `${name}.body` };
  const own = { flag: "wx", mode: 0o600 };
  await writeFile(files.headers, lines.join(""), { ...own, encoding: "latin1" });
  await writeFile(files.body, body, own);
  return files;
}
