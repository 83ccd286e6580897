import { adviceOn, type KeptDelivery } from "@mindbridge-sdk/receiver";
import { signDelivery, type TestSigner } from "@mindbridge-sdk/testing";
import type { Context } from "../action.ts";
import type { ApiOptions } from "../configuration.ts";
import { jsonOrText } from "../input.ts";
import { forward } from "../listen/forward.ts";
import type { Header } from "../listen/record.ts";
import type { Output } from "../output.ts";
import { printableLine } from "../printable.ts";
import { loadSigningKey } from "../signing-key.ts";
import { mark } from "../trigger/format.ts";

/** The options of `mindbridge replay` and `mindbridge recover`. */
export interface ResendOptions extends ApiOptions {
  readonly to: string;
  readonly resign?: true | undefined;
  readonly allowRemote?: true | undefined;
  readonly keyFile?: string | undefined;
  /** Whether to print what was taken, too. */
  readonly verbose?: true | undefined;
  /** In milliseconds. */
  readonly timeout: number;
}

/** How to send what was kept. */
interface SendOptions {
  readonly url: URL;
  /** In milliseconds. */
  readonly timeout: number;
  /** Signs deliveries anew, in place of the signature that was kept. */
  readonly signer: TestSigner | undefined;
  readonly signal: AbortSignal;
}

/** What became of a delivery that was sent again. With `--json`, the commands print it. */
export interface Sent {
  /** The `webhook-id` header. */
  readonly id: string | undefined;
  /** Whether it had a signature: its own, or a new one. */
  readonly signed: boolean;
  /** Whether the endpoint answered with 2xx. */
  readonly taken: boolean;
  /** `undefined` if there was no answer. */
  readonly status: number | undefined;
  /** Why a receiver did not handle it: the `code` of its answer. */
  readonly code?: string;
  /** Why there was none. */
  readonly error: string | undefined;
  readonly milliseconds: number;
}

/** Sends a delivery that was kept: as it was or, with a signer, signed anew under the same id. */
export async function sendKept(
  { headers: kept = {}, body }: Pick<KeptDelivery, "headers" | "body">,
  { url, timeout, signer, signal }: SendOptions,
): Promise<Sent> {
  const headers = Object.entries(kept)
    // HTTP/2 has names that begin with a colon.
    .filter(([name, value]) => value != null && !name.startsWith(":"))
    .flatMap(([name, value]) => [value].flat().map((each): Header => [name.toLowerCase(), String(each)]));
  const delivery = { method: "POST", headers, body: Buffer.from(body) };
  const sent = signer ? await signAnew(delivery, signer) : delivery;
  const { status, error, milliseconds, body: said } = await forward(url, sent, { signal, timeout });
  const { code } = Object(jsonOrText(said.toString())) as { readonly code?: unknown };
  const taken = status !== undefined && status >= 200 && status < 300;
  const headerOf = (wanted: string) => sent.headers.find(([name]) => name === wanted)?.[1];
  return {
    id: headerOf("webhook-id"),
    signed: headerOf("webhook-signature") !== undefined,
    taken,
    status,
    ...(typeof code === "string" && adviceOn(code) !== undefined && { code }),
    error,
    milliseconds,
  };
}

/** A delivery with a signature of now, under the same id. */
export async function signAnew<Delivery extends { readonly headers: readonly Header[]; readonly body: Buffer }>(
  delivery: Delivery,
  signer: TestSigner,
): Promise<Delivery> {
  const [, id] = delivery.headers.find(([name]) => name.toLowerCase() === "webhook-id") ?? [];
  const signed = await signDelivery(delivery.body.toString(), { signer, id });
  const others = delivery.headers.filter(([name]) => !(name.toLowerCase() in signed.headers));
  return { ...delivery, headers: [...others, ...Object.entries(signed.headers)] };
}

/** The signer of `--resign`, whose public key the endpoint must have. */
export async function signerOf(
  { resign, keyFile }: Pick<ResendOptions, "resign" | "keyFile">,
  { env, output }: Context,
): Promise<TestSigner | undefined> {
  if (!resign) return undefined;
  const { signer } = await loadSigningKey(keyFile, env);
  output.tell(`Signed anew. The endpoint verifies it with the public key\n  ${signer.publicKey}\n`);
  return signer;
}

/** What an endpoint answered to a delivery, on a line. */
export function formatSent({ id, signed, taken, status, code, error, milliseconds }: Sent, output: Output): string {
  const answer =
    status === undefined
      ? `no answer: ${printableLine(error ?? "")}`
      : `${[status, code].join(" ").trimEnd()} in ${milliseconds.toFixed(0)} ms`;
  const remark = signed ? "" : "\n  Its signature was not kept, so nobody can verify it: --resign signs it anew.";
  return `${mark(taken ? "right" : "wrong", output)} ${printableLine(id ?? "(no id)")}  ${answer}${remark}`;
}
