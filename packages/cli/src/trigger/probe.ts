import { type SignedDelivery, signDelivery, type TestSigner } from "@mindbridge-sdk/testing";
import type { EffectCounter } from "./effects.ts";
import { newId, type Setting, sampleEvent } from "./event.ts";
import type { Form, Write } from "./forms.ts";
import { type Answer, type Sendable, send } from "./send.ts";

/** How to examine an endpoint. */
export interface ExamineOptions {
  readonly url: URL;
  readonly signer: TestSigner;
  /** What is put over the samples. */
  readonly settings: readonly Setting[];
  /** By how many seconds the endpoint lets a delivery be older or newer. */
  readonly tolerance: number;
  /** Counts the deliveries that have been handled. */
  readonly effects: EffectCounter | undefined;
  /** With what the endpoint cannot handle a delivery. */
  readonly failing: Setting | undefined;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** What is known of an endpoint, to send it more. */
export interface Probe extends ExamineOptions {
  /** A type that it takes, if it takes any. */
  readonly type: string;
  /** The form in which it writes the body again before it verifies that, if it takes no delivery that is signed as it stands. */
  readonly form?: Form | undefined;
}

/** In what a genuine delivery differs from any other. */
export interface Particulars {
  readonly id?: string;
  readonly type?: string;
  readonly write?: Write;
  readonly form?: Form | undefined;
  readonly settings?: readonly Setting[];
  /** How many seconds ago it was signed. */
  readonly age?: number;
}

/** A genuine delivery; to an endpoint that writes the body again, one whose signature is of that. */
export async function sign(
  probe: Probe,
  particulars: Particulars = {},
): Promise<Pick<SignedDelivery, "headers" | "body">> {
  const { id = newId(), type = probe.type, settings = [], age = 0 } = particulars;
  const { write = JSON.stringify, form = probe.form } = particulars;
  const { event } = sampleEvent(type, { id, settings: [...probe.settings, ...settings] });
  const timestamp = Math.floor(Date.now() / 1000) - age;
  const delivery = await signDelivery(write(event), { signer: probe.signer, id, timestamp });
  if (form === undefined) return delivery;
  const signature = await probe.signer.sign({ id, timestamp, body: form.write(event) });
  return { ...delivery, headers: { ...delivery.headers, "webhook-signature": signature } };
}

/** Sends a delivery. */
export function deliver(probe: Probe, delivery: Sendable): Promise<Answer> {
  return send(probe.url, delivery, probe);
}

/** Whether a genuine delivery is taken at the moment: only then does it say something that another one was refused. */
export async function takesGenuine(probe: Probe, particulars?: Particulars): Promise<boolean> {
  const { outcome } = await deliver(probe, await sign(probe, particulars));
  return outcome === "taken";
}

/** Sends a delivery, and says how many effects it has; `undefined` if the one after it has none, so that nothing can be said. */
export async function deliverCounted(
  probe: Probe,
  effects: EffectCounter,
  delivery: Sendable,
): Promise<{ answer: Answer; count: number | undefined }> {
  const before = await effects.settle();
  const answer = await deliver(probe, delivery);
  // Who handles deliveries later, in their order, has come to it when the effect of the next one shows.
  const isNextTaken = await takesGenuine(probe);
  const isNextHandled = isNextTaken && (await effects.reach(before + 1)) > before;
  return { answer, count: isNextHandled ? (await effects.settle()) - before - 1 : undefined };
}
