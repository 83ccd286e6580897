import { isWebhookEvent, WEBHOOK_EVENTS } from "@mindbridge-sdk/contract";
import { deliveries, subscriptions } from "../generated/deliveries.ts";
import { isRecord, withOverrides } from "../overrides.ts";
import { createTestSigner, newId, signDelivery, type TestSigner } from "../signing.ts";
import type { Entities, Entity } from "./entities.ts";
import { isLoopback } from "./webhook-url.ts";

/** Answers a delivery: a receiver's `fetch`, or the `fetch` of the network. */
export type Endpoint = (request: Request) => Response | Promise<Response>;

/** How to deliver. */
export interface DeliverOptions {
  /** Properties of the body over those of the contract's example, as deep as they go. */
  readonly body?: object | undefined;
  /**
   * The event that webhooks subscribe to for this type, such as `ENGAGEMENT_CREATED`. The contract says it of the types that it
   * lists. Of other types it is not published, so say it.
   */
  readonly subscription?: string | undefined;
}

export interface Delivering {
  /** Where deliveries go, in place of the network. */
  readonly endpoint: Endpoint | undefined;
  /** What becomes of webhooks that lead to another machine: without an endpoint, a test must not reach one by the network. */
  readonly otherMachines: "refuse" | "skip";
  /** How many times a delivery is sent until it is taken. */
  readonly attempts: number;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeout: number;
  readonly now: () => number;
}

/** What was delivered, and to which webhooks nothing was sent, since they lead to another machine. */
export interface Delivered {
  readonly logs: Entity[];
  readonly skipped: Entity[];
}

/** The key pairs of webhooks, by their public half. */
export type Signers = Map<unknown, TestSigner>;

/**
 * Delivers an event to each webhook that is ACTIVE and has subscribed to it, and writes the log of each delivery.
 *
 * @throws {TypeError} if the subscription is not known, or a webhook has a key of which the private half is not known, or leads to another
 *   machine and is not to be skipped. Nothing was sent.
 */
export async function deliver(
  type: string,
  { body, subscription = subscriptions[type] }: DeliverOptions,
  webhooks: Entities,
  logs: Entities,
  signers: Signers,
  settings: Delivering,
): Promise<Delivered> {
  if (subscription === undefined) {
    throw new TypeError(
      `deliver: the contract does not say to which event webhooks subscribe for ${type}: give subscription.`,
    );
  }
  const subscribers = webhooks.all().filter(({ events }) => Array.isArray(events) && events.includes(subscription));
  // A webhook may have subscribed to an event that is newer than the contract.
  if (subscribers.length === 0 && !isWebhookEvent(subscription)) {
    throw new TypeError(
      `deliver: the contract has no event ${subscription}, and no webhook has subscribed to it. subscription is one of ${WEBHOOK_EVENTS.join(", ")}.`,
    );
  }
  const subscribed = subscribers.filter(({ status }) => status === "ACTIVE");
  const isSent = ({ url }: Entity) => settings.endpoint !== undefined || isLoopback(URL.parse(String(url)));
  const skipped = subscribed.filter((webhook) => !isSent(webhook));
  if (skipped[0] && settings.otherMachines === "refuse") {
    throw new TypeError(
      `deliver: ${String(skipped[0].url)} may be another machine. Give createTestApi an endpoint that answers in its place, or the webhook an address of this machine.`,
    );
  }
  const sendings = await Promise.all(
    subscribed.filter(isSent).map(async (webhook) => ({
      webhook,
      url: String(webhook.url),
      signer: signers.get(webhook.publicKey) ?? (await publishedSigner(webhook)),
      type,
      body,
    })),
  );
  return { logs: await Promise.all(sendings.map((each) => send(each, logs, settings))), skipped };
}

/** The published test key, which the webhooks in the contract's examples have. */
async function publishedSigner({ id, publicKey }: Entity): Promise<TestSigner> {
  const signer = await createTestSigner({ publishedTestKey: true });
  if (signer.publicKey === publicKey) return signer;
  throw new TypeError(
    `deliver: the webhook ${id} was given with a publicKey, and its private half is not known. Leave publicKey out: createTestApi then makes a key pair.`,
  );
}

interface Sending {
  readonly webhook: Entity;
  readonly url: string;
  readonly signer: TestSigner;
  readonly type: string;
  readonly body: object | undefined;
}

/** Sends one delivery until it is taken, and returns its log. */
async function send(
  { webhook, url, signer, type, body }: Sending,
  logs: Entities,
  settings: Delivering,
): Promise<Entity> {
  const { attempts, now } = settings;
  const id = newId();
  const event = JSON.stringify(eventOf(type, id, webhook, now(), body));
  let log = logs.add({ id, status: "IN_PROGRESS", webhookId: webhook.id, url, eventType: type });
  for (let retryCount = 0; retryCount < attempts; retryCount++) {
    const startedAt = now();
    // A retry keeps the id, and is signed anew.
    const delivery = await signDelivery(event, { signer, id, timestamp: Math.floor(startedAt / 1000) });
    log = logs.change(log, {
      attemptStartDate: new Date(startedAt).toISOString(),
      requestHeaders: delivery.headers,
      requestBody: delivery.body,
      requestId: newId(),
      retryCount,
      responseStatusCode: undefined,
      responseHeaders: undefined,
    });
    const started = performance.now();
    const response = await answerOf(delivery.toRequest(url), settings);
    const isLast = retryCount === attempts - 1;
    log = logs.change(log, {
      status: statusOf(response, isLast),
      responseTimeSec: (performance.now() - started) / 1000,
      ...(response && {
        responseStatusCode: response.status,
        responseHeaders: Object.fromEntries(response.headers),
      }),
    });
    if (response?.ok) break;
  }
  return log;
}

/** The body of a delivery: the contract's example of the type, as an event of its own. */
function eventOf(type: string, id: string, webhook: Entity, now: number, overrides: object | undefined): object {
  const example = Object.values(deliveries)
    .map((make): object => make())
    .find((each) => "type" in each && each.type === type);
  const event: Record<string, unknown> = {
    ...(example ?? { data: {} }),
    type,
    eventId: id,
    timestamp: new Date(now).toISOString(),
    senderId: webhook.id,
  };
  if (isRecord(event.data) && "eventId" in event.data) event.data.eventId = id;
  return withOverrides<object>(event, overrides);
}

/** What the endpoint answers; `undefined` if it does not. */
function answerOf(request: Request, { endpoint = fetch, timeout }: Delivering): Promise<Response | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeout, undefined);
    const settle = (response: Response | undefined) => {
      clearTimeout(timer);
      resolve(response);
    };
    (async () => endpoint(request))().then(settle, () => settle(undefined));
  });
}

/** The status of a log after an attempt. When MindBridge gives a delivery up, and how it then calls it, is not published. */
function statusOf(response: Response | undefined, isLast: boolean): string {
  if (response?.ok) return "COMPLETED";
  if (!response) return "DISCONNECTED";
  return isLast ? "FAILED_PERMANENTLY" : "FAILED";
}
