import type { TamperedDelivery } from "../attacks/attack.ts";
import type { TestSigner } from "../signing.ts";
import { newId, type SignedDelivery, signDelivery } from "../signing.ts";
import { type EventChange, type Form, sampleEvent, type Write } from "./bodies.ts";
import type { EffectCounter } from "./effects.ts";
import { type Answer, sendDelivery, type Target } from "./send.ts";

/** What is known of an endpoint, to send it more. */
export interface Probe {
  readonly target: Target;
  readonly signer: TestSigner;
  readonly overrides: EventChange | undefined;
  readonly failing: EventChange | undefined;
  readonly effects: EffectCounter | undefined;
  /** In seconds. */
  readonly tolerance: number;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** A type that the endpoint takes, if it takes any. */
  readonly type: string;
  /** What the endpoint verifies in place of the body, if it takes no delivery that is signed as it stands. */
  readonly form?: Form | undefined;
}

/** How a genuine delivery differs from any other. */
export interface Particulars {
  readonly id?: string;
  readonly type?: string;
  readonly write?: Write;
  readonly form?: Form | undefined;
  readonly change?: EventChange | undefined;
  /** How many seconds ago it was signed. */
  readonly age?: number;
}

/** A genuine delivery. For an endpoint that verifies another form of the body, the signature is of that form. */
export async function sign(
  probe: Probe,
  { id = newId(), type = probe.type, write = JSON.stringify, form = probe.form, change, age = 0 }: Particulars = {},
): Promise<Pick<SignedDelivery, "headers" | "body">> {
  const event = sampleEvent(type, id, [probe.overrides, change]);
  const timestamp = Math.floor(Date.now() / 1000) - age;
  const delivery = await signDelivery(write(event), { signer: probe.signer, id, timestamp });
  if (form === undefined) return delivery;
  const signature = await probe.signer.sign({ id, timestamp, body: form.write(event) });
  return { ...delivery, headers: { ...delivery.headers, "webhook-signature": signature } };
}

/** Sends a delivery. */
export function deliver(
  { target, timeout, signal }: Probe,
  delivery: Pick<TamperedDelivery, "headers" | "body">,
): Promise<Answer> {
  return sendDelivery(delivery, { ...target, timeout, signal });
}

/** Whether the endpoint takes a genuine delivery at the moment. Only then does its refusal of another one prove something. */
export async function takesGenuine(probe: Probe, particulars?: Particulars): Promise<boolean> {
  const { outcome } = await deliver(probe, await sign(probe, particulars));
  return outcome === "taken";
}

/** Sends a delivery, and counts its effects. The count is `undefined` if the next genuine delivery has no effect either. */
export async function deliverCounted(
  probe: Probe,
  effects: EffectCounter,
  delivery: Pick<TamperedDelivery, "headers" | "body">,
): Promise<{ answer: Answer; count: number | undefined }> {
  const before = await effects.settle();
  const answer = await deliver(probe, delivery);
  // An endpoint that handles deliveries later, in their order, has reached this one when the effect of the next one shows.
  const isNextTaken = await takesGenuine(probe);
  const isNextHandled = isNextTaken && (await effects.reach(before + 1)) > before;
  return { answer, count: isNextHandled ? (await effects.settle()) - before - 1 : undefined };
}
