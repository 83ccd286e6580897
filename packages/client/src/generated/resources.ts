// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type * as Contract from "@mindbridge-sdk/contract";
import type { APIPromise, RequestFunction, RequestOptions } from "../resource.ts";

/** Where MindBridge sends its deliveries, and for which events. */
export interface WebhooksResource {
  /**
   * Create a webhook.
   *
   * Registers a URL to which MindBridge sends a signed delivery for each of the events named. The answer holds the
   * `publicKey` that proves a delivery genuine. Creating twice makes two webhooks: after a time-out or a cut
   * connection, look in MindBridge whether the webhook is there before creating it again.
   *
   * `POST /v1/webhooks`, from: MindBridge developer pages, "Create Webhook".
   *
   * @param body The webhook to create.
   * @param options For this call only.
   * @returns The webhook that was created.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  create(body: Contract.WebhookCreate, options?: RequestOptions): APIPromise<Contract.Webhook>;

  /**
   * Read a webhook.
   *
   * Reads one webhook by its id. This is how a receiver finds the `publicKey` that is in force after the keys were
   * generated anew.
   *
   * `GET /v1/webhooks/{webhookId}`, from: MindBridge developer pages, "Read Webhook".
   *
   * @param webhookId The id of the webhook, as `webhooks.create` returned it.
   * @param options For this call only.
   * @returns The webhook.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {NotFoundError} 404: Nothing has this id, or the token may not see it.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  get(webhookId: string, options?: RequestOptions): APIPromise<Contract.Webhook>;
}

/** What became of each delivery that MindBridge tried to make. */
export interface WebhookEventLogsResource {
  /**
   * Read the log of one delivery.
   *
   * Reads what MindBridge sent for one event, what the receiver answered, and whether MindBridge will try again.
   *
   * `GET /v1/webhook-event-logs/{webhookEventId}`, from: MindBridge developer pages, "Read Webhook Event Log".
   *
   * @param webhookEventId The id of the event, as the `webhook-id` header of its delivery holds it.
   * @param options For this call only.
   * @returns The log of the delivery.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {NotFoundError} 404: Nothing has this id, or the token may not see it.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  get(webhookEventId: string, options?: RequestOptions): APIPromise<Contract.WebhookEventLog>;
}

/** What the client offers, by resource. */
export class Resources {
  /** Where MindBridge sends its deliveries, and for which events. */
  readonly webhooks: WebhooksResource;
  /** What became of each delivery that MindBridge tried to make. */
  readonly webhookEventLogs: WebhookEventLogsResource;

  constructor(request: RequestFunction) {
    this.webhooks = {
      create: (body, options) => request("webhooks.create", "POST", "/v1/webhooks", { body }, options),
      get: (webhookId, options) => request("webhooks.get", "GET", "/v1/webhooks/{webhookId}", { path: { webhookId } }, options),
    };
    this.webhookEventLogs = {
      get: (webhookEventId, options) => request("webhookEventLogs.get", "GET", "/v1/webhook-event-logs/{webhookEventId}", { path: { webhookEventId } }, options),
    };
  }
}
