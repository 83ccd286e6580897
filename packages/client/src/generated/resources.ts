// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type * as Contract from "@mindbridge-sdk/contract";
import { type PagePromise, paginate } from "../pages.ts";
import type { APIPromise, AsRead, RequestFunction, RequestOptions } from "../resource.ts";

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

  /**
   * Change a webhook.
   *
   * Replaces what can be changed of a webhook. `version` must be the latest: read the webhook, change it, and send
   * it back. If somebody has changed it meanwhile, the server refuses; with which status is not published, so read
   * again. Whether a change replaces the `publicKey` is not published either. The token needs the scope
   * `api.webhooks.write`.
   *
   * It follows from the vendor's general rule for every entity: no page of its own is published.
   *
   * `PUT /v1/webhooks/{webhookId}`, from: MindBridge developer pages, "Endpoint model".
   *
   * @param webhookId The id of the webhook, as `webhooks.create` returned it.
   * @param body The webhook as it is to be, with the version that was read. A `Webhook` as it was read will do:
   * the client does not send `id`, `creationDate`, `lastModifiedDate`, `createdUserInfo`, `lastModifiedUserInfo`,
   * `publicKey`, `keyGenerationTimestamp`.
   * @param options For this call only.
   * @returns The webhook after the change. Or: The webhook was changed, and the answer does not hold it.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {NotFoundError} 404: Nothing has this id, or the token may not see it.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  update(webhookId: string, body: AsRead<Contract.WebhookUpdate, Contract.Webhook>, options?: RequestOptions): APIPromise<Contract.Webhook | undefined>;

  /**
   * Delete a webhook.
   *
   * Deletes a webhook for good. What becomes of deliveries that are on their way is not published: to be sure, set
   * its `status` to `INACTIVE` first, and wait. The token needs the scope `api.webhooks.delete`.
   *
   * It follows from the vendor's general rule for every entity: no page of its own is published.
   *
   * `DELETE /v1/webhooks/{webhookId}`, from: MindBridge developer pages, "Endpoint model".
   *
   * @param webhookId The id of the webhook, as `webhooks.create` returned it.
   * @param options For this call only.
   * @returns The webhook was deleted. The status is not published, nor whether the answer holds anything.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {NotFoundError} 404: Nothing has this id, or the token may not see it.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  delete(webhookId: string, options?: RequestOptions): APIPromise<undefined>;

  /**
   * Find webhooks.
   *
   * Finds webhooks, page by page. Which fields can be queried is not published, nor the usual and the largest size
   * of a page. The token needs the scope `api.webhooks.read`.
   *
   * It follows from the vendor's general rule for every entity: no page of its own is published.
   *
   * `POST /v1/webhooks/query`, from: MindBridge developer pages, "Endpoint model".
   *
   * @param body Which webhooks to find. `{}` stands for all.
   * @param options For this call only; the query parameters are in `options.query`.
   * @returns A page of webhooks. Iterate over it for the items of all pages.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  query(body?: Contract.QueryFilter, options?: RequestOptions & { query?: Contract.WebhooksQueryQuery | undefined }): PagePromise<Contract.WebhookPage, Contract.Webhook>;
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

  /**
   * Find the logs of deliveries.
   *
   * Finds the logs of deliveries, page by page, such as those that failed. Which fields can be queried is not
   * published, nor the usual and the largest size of a page.
   *
   * It follows from the vendor's general rule for every entity: no page of its own is published.
   *
   * `POST /v1/webhook-event-logs/query`, from: MindBridge developer pages, "Endpoint model".
   *
   * @param body Which logs to find. `{}` stands for all.
   * @param options For this call only; the query parameters are in `options.query`.
   * @returns A page of logs. Iterate over it for the items of all pages.
   * @throws {AuthenticationError} 401: The token is missing, malformed, expired or revoked.
   * @throws {PermissionDeniedError} 403: The token is valid, and its scopes do not cover this operation.
   * @throws {RateLimitError} 429: A limit on the number of requests has been reached.
   * @throws {InternalServerError} 500: The server failed. Whether it carried the request out is not known.
   * @throws {InternalServerError} 503: The server cannot answer just now.
   */
  query(body?: Contract.QueryFilter, options?: RequestOptions & { query?: Contract.WebhookEventLogsQueryQuery | undefined }): PagePromise<Contract.WebhookEventLogPage, Contract.WebhookEventLog>;
}

/** What the client offers, by resource. */
export class Resources {
  /** Where MindBridge sends its deliveries, and for which events. */
  declare readonly webhooks: WebhooksResource;
  /** What became of each delivery that MindBridge tried to make. */
  declare readonly webhookEventLogs: WebhookEventLogsResource;

  constructor(request: RequestFunction) {
    this.webhooks = {
      create: (body, options) => request("webhooks.create", "POST", "/v1/webhooks", { body }, options),
      get: (webhookId, options) => request("webhooks.get", "GET", "/v1/webhooks/{webhookId}", { path: { webhookId } }, options),
      update: (webhookId, body, options) => request("webhooks.update", "PUT", "/v1/webhooks/{webhookId}", { path: { webhookId }, body, readOnly: { "id": true, "creationDate": true, "lastModifiedDate": true, "createdUserInfo": true, "lastModifiedUserInfo": true, "publicKey": true, "keyGenerationTimestamp": true }, content: "optional" }, options),
      delete: (webhookId, options) => request("webhooks.delete", "DELETE", "/v1/webhooks/{webhookId}", { path: { webhookId }, content: "none" }, options),
      query: (body = {}, options) => paginate(request, { parameter: "page", items: ["content"], last: ["last"], total: ["totalPages"] }, "webhooks.query", "POST", "/v1/webhooks/query", { body, safe: true }, options),
    };
    this.webhookEventLogs = {
      get: (webhookEventId, options) => request("webhookEventLogs.get", "GET", "/v1/webhook-event-logs/{webhookEventId}", { path: { webhookEventId } }, options),
      query: (body = {}, options) => paginate(request, { parameter: "page", items: ["content"], last: ["last"], total: ["totalPages"] }, "webhookEventLogs.query", "POST", "/v1/webhook-event-logs/query", { body, safe: true }, options),
    };
  }
}
