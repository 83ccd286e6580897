import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type KeySource, rotatingKeys } from "@mindbridge-sdk/receiver";
import { type Context, EXIT } from "../action.ts";
import { hostnameOf, isLoopback, listenOnLoopback, readTarget, shownUrl } from "../addresses.ts";
import { type ApiOptions, createClient } from "../configuration.ts";
import { explainError } from "../describe-error.ts";
import { UsageError } from "../errors.ts";
import type { Inspector } from "../inspector/inspector.ts";
import { printableJson, printableLine, shellWord } from "../printable.ts";
import { checkKeys, readKeys } from "../public-keys.ts";
import { signAnew } from "../replay/send-kept.ts";
import { loadSigningKey } from "../signing-key.ts";
import { MAX_BODY_BYTES, readBody } from "./body.ts";
import { type AskedWebhook, check, statusOf } from "./check.ts";
import { type Forwarded, forward } from "./forward.ts";
import { keepDelivery, keepRecord, makeFolder, readRecords } from "./kept.ts";
import { CONTROL_C, type Keyboard, openKeyboard } from "./keyboard.ts";
import {
  type Again,
  bytesOf,
  contains,
  contentOf,
  formatLine,
  formatRecord,
  type ListenRecord,
  pairsOf,
  type Received,
} from "./record.ts";

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
  /** The port of the page that shows deliveries. */
  readonly inspect?: number | undefined;
  readonly compact?: true | undefined;
  readonly keyFile?: string | undefined;
}

/** Receives deliveries on this machine and shows them, until it is interrupted. */
export async function listen(options: ListenOptions, host: Context): Promise<number> {
  const ended = new AbortController();
  const signal = AbortSignal.any([host.signal, ended.signal]);
  const context = { ...host, signal };
  const { stdin, stdout, output, interactive } = context;
  const { allowRemote = false, allowHost, save, inspect } = options;
  const target = options.forward === undefined ? undefined : readTarget(options.forward, "--forward", { allowRemote });
  const { keys, shown, checkWebhooks } = await keysOf(options, context);
  const webhooks = options.webhook.map((id): AskedWebhook => ({ id, isMissing: false }));
  if (save !== undefined) await makeFolder(save);
  let count = 0;
  let inspector: Inspector | undefined;
  let keyboard: Keyboard | undefined;
  let last: ListenRecord | undefined;
  let filter = "";

  const show = (record: ListenRecord): void => {
    inspector?.show(record);
    if (!contains(record, filter)) return;
    last = record;
    const format = () =>
      options.compact ? formatLine(record, output) : formatRecord(record, shown(), output, inspector !== undefined);
    const print = () => output.record(record, format);
    if (keyboard) keyboard.print(print);
    else print();
  };

  /** Checks a delivery, passes it on, answers, keeps it and shows it. */
  const receive = async (
    delivery: Received,
    { again, signedWith = keys }: { readonly again?: Again; readonly signedWith?: KeySource } = {},
    answer: (status: number, forwarded: Forwarded | undefined) => void = () => {},
  ): Promise<ListenRecord> => {
    const checked = await check(delivery, signedWith, context, signedWith === keys ? webhooks : []);
    count += 1;
    const name = `${Date.now()}-${count}`;
    const saved = save === undefined || again ? undefined : await keepDelivery(save, name, delivery);
    const forwarded = target && (await forward(target, delivery, { signal }));
    const status = forwarded ? (forwarded.status ?? 502) : statusOf(checked);
    answer(status, forwarded);
    const record: ListenRecord = {
      name,
      ...checked,
      ...(again && { again }),
      status,
      ...(forwarded && { forwarded: { to: shownUrl(target), ...forwarded, ...contentOf(forwarded.body) } }),
      ...(saved && { saved }),
    };
    show(record);
    if (save !== undefined) {
      await keepRecord(save, record).catch((error: unknown) => output.warn(`${name}: ${explainError(error, context)}`));
    }
    return record;
  };

  const sendAgain = async (record: ListenRecord, signedAnew: boolean): Promise<ListenRecord> => {
    const delivery = { ...record, body: bytesOf(record) };
    const again = { of: record.name, signedAnew };
    if (!signedAnew) return receive(delivery, { again });
    const { signer } = await loadSigningKey(options.keyFile, context.env);
    return receive(await signAnew(delivery, signer), { again, signedWith: signer.publicKey });
  };

  const press = async (key: string): Promise<void> => {
    if (key === "q" || key === CONTROL_C) ended.abort();
    if (key === "f" && keyboard) {
      filter = (await keyboard.ask("Show only deliveries that contain (Enter for all, Esc to leave): ")) ?? filter;
      output.tell(
        filter === ""
          ? "All deliveries are shown."
          : `Only deliveries that contain ${printableJson(filter)} are shown.`,
      );
    }
    if (key.toLowerCase() === "r") {
      if (!target) output.tell("There is nowhere to send a delivery again: start listen with --forward.");
      else if (!last) output.tell("No delivery has come yet that could be sent again.");
      else await sendAgain(last, key === "R");
    }
  };

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
    const { method = "POST", url: path = "/", rawHeaders } = request;
    await receive({ method, path, headers: pairsOf(rawHeaders), body }, {}, (status, forwarded) =>
      response.writeHead(status, forwarded?.headers.flat() ?? []).end(forwarded?.body),
    );
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
  const url = await listenOnLoopback(server, options.port, "--port");
  try {
    if (inspect !== undefined) {
      const { openInspector } = await import("../inspector/inspector.ts");
      inspector = await openInspector({
        port: inspect,
        caller: context,
        url,
        target: target && shownUrl(target),
        trigger: triggerCommand(url, options.keyFile),
        records: save === undefined ? [] : await readRecords(save, context),
        sendAgain: target && sendAgain,
      });
    }
    if (interactive && stdin.isTTY && stdout.isTTY && !output.json) {
      keyboard = openKeyboard(context, (key) => {
        press(key).catch((error: unknown) => signal.aborted || output.warn(explainError(error, context)));
      });
    }
    const said = [
      `Deliveries are received on ${output.style("bold", url)}. Interrupt it to end it (Ctrl+C).`,
      ...(target ? [`They are passed on to ${shownUrl(target)}`] : []),
      ...(inspector ? [`Look at them on ${output.style("bold", inspector.url)}`] : []),
      ...(keyboard
        ? [
            output.style(
              "dim",
              `Keys: ${target ? "r sends the last delivery again (R signs it anew), " : ""}f filters, q ends.`,
            ),
          ]
        : []),
    ];
    output.tell(said.join("\n"));
    void checkWebhooks?.(webhooks);
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    keyboard?.close();
    inspector?.close();
    server.close();
    server.closeAllConnections();
  }
  return EXIT.success;
}

/** The keys that verify deliveries, and what `--key` of `mindbridge verify` is to be given for them. */
async function keysOf(
  options: ListenOptions,
  context: Context,
): Promise<{
  readonly keys: KeySource;
  readonly shown: () => readonly string[];
  /** Warns of each webhook whose key the API does not give. */
  readonly checkWebhooks?: (webhooks: readonly AskedWebhook[]) => Promise<unknown>;
}> {
  const { key, webhook, keyFile } = options;
  if (key.length > 0 && webhook.length > 0) throw new UsageError("Give either --key or --webhook, not both.");
  if (webhook.length > 0) {
    const mindbridge = await createClient(options, context);
    const fetched = new Map<string, string>();
    const fetchKey = async (id: string) => {
      const { publicKey } = await mindbridge.webhooks.get(id, { signal: context.signal });
      fetched.set(id, publicKey);
      return publicKey;
    };
    const checkWebhook = async (asked: AskedWebhook) => {
      try {
        await fetchKey(asked.id);
      } catch (error) {
        if (context.signal.aborted) return;
        asked.isMissing = error instanceof Error && "status" in error && error.status === 404;
        const why = explainError(error, context);
        context.output.warn(`--webhook ${printableLine(asked.id)}: its key cannot be fetched. ${why}`);
      }
    };
    return {
      keys: rotatingKeys(fetchKey, { senders: webhook }),
      shown: () => (fetched.size === 0 ? ["whpk_…"] : [...fetched].map(([id, publicKey]) => `${id}=${publicKey}`)),
      checkWebhooks: (webhooks) => Promise.all(webhooks.map(checkWebhook)),
    };
  }
  if (key.length > 0) {
    const keys = readKeys(key);
    await checkKeys(keys);
    return { keys, shown: () => key };
  }
  const { signer } = await loadSigningKey(keyFile, context.env);
  return { keys: signer.publicKey, shown: () => [signer.publicKey] };
}

/**
 * Says that a request names another host. A web page can lead its own name to this machine (DNS rebinding), and would then read what
 * the endpoint answers.
 */
function describeMisdirected(hostname: string): string {
  const named = hostname === "" ? "no host" : `the host ${printableLine(hostname)}`;
  return `A request for ${named} was refused with 421. If it came through a tunnel or a proxy of yours, allow its name with --allow-host.`;
}

/** The command that sends a first delivery. */
function triggerCommand(url: string, keyFile: string | undefined): string {
  const flags = keyFile === undefined ? [] : ["--key-file", keyFile];
  const words = ["npx", "@mindbridge-sdk/cli", "trigger", "analysis.completed", "--to", url, ...flags];
  return words.map(shellWord).join(" ");
}
