// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

export interface paths {
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a webhook.
         * @description Registers a URL to which MindBridge sends a signed delivery for each of the events named. The answer holds the `publicKey` that proves a delivery genuine. Creating twice makes two webhooks: after a time-out or a cut connection, look in MindBridge whether the webhook is there before creating it again.
         */
        post: operations["webhooks.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook.
         * @description Reads one webhook by its id. This is how a receiver finds the `publicKey` that is in force after the keys were generated anew.
         */
        get: operations["webhooks.get"];
        /**
         * Change a webhook.
         * @description Replaces what can be changed of a webhook. `version` must be the latest: read the webhook, change it, and send it back. If somebody has changed it meanwhile, the server refuses; with which status is not published, so read again. Whether a change replaces the `publicKey` is not published either. The token needs the scope `api.webhooks.write`.
         */
        put: operations["webhooks.update"];
        post?: never;
        /**
         * Delete a webhook.
         * @description Deletes a webhook for good. What becomes of deliveries that are on their way is not published: to be sure, set its `status` to `INACTIVE` first, and wait. The token needs the scope `api.webhooks.delete`.
         */
        delete: operations["webhooks.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find webhooks.
         * @description Finds webhooks, page by page. Which fields can be queried is not published, nor the usual and the largest size of a page. The token needs the scope `api.webhooks.read`.
         */
        post: operations["webhooks.query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-event-logs/{webhookEventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the log of one delivery.
         * @description Reads what MindBridge sent for one event, what the receiver answered, and whether MindBridge will try again.
         */
        get: operations["webhookEventLogs.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-event-logs/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the logs of deliveries.
         * @description Finds the logs of deliveries, page by page, such as those that failed. Which fields can be queried is not published, nor the usual and the largest size of a page.
         */
        post: operations["webhookEventLogs.query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "analysis.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An analysis is complete.
         * @description Sent when MindBridge has finished an analysis and its results can be read.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The unique id of the event. It stays the same when a delivery is repeated, so act on each id once.
                     * @example 66e0b1d3c2d81b0013fe5b17
                     */
                    "webhook-id": components["parameters"]["DeliveryId"];
                    /**
                     * @description When the delivery was sent, in seconds since the Unix epoch.
                     * @example 1772442905
                     */
                    "webhook-timestamp": components["parameters"]["DeliveryTimestamp"];
                    /**
                     * @description The Ed25519 signature of the delivery, to be verified with the webhook's `publicKey`.
                     * @example v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==
                     */
                    "webhook-signature": components["parameters"]["DeliverySignature"];
                };
                path?: never;
                cookie?: never;
            };
            /** @description The event, as signed. */
            requestBody: {
                content: {
                    "application/json": AnalysisCompletedDelivery;
                };
            };
            responses: {
                "2XX": components["responses"]["DeliveryAccepted"];
                "4XX": components["responses"]["DeliveryRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "analysis.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An analysis has failed.
         * @description Sent when MindBridge could not finish an analysis.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The unique id of the event. It stays the same when a delivery is repeated, so act on each id once.
                     * @example 66e0b1d3c2d81b0013fe5b17
                     */
                    "webhook-id": components["parameters"]["DeliveryId"];
                    /**
                     * @description When the delivery was sent, in seconds since the Unix epoch.
                     * @example 1772442905
                     */
                    "webhook-timestamp": components["parameters"]["DeliveryTimestamp"];
                    /**
                     * @description The Ed25519 signature of the delivery, to be verified with the webhook's `publicKey`.
                     * @example v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==
                     */
                    "webhook-signature": components["parameters"]["DeliverySignature"];
                };
                path?: never;
                cookie?: never;
            };
            /** @description The event, as signed. */
            requestBody: {
                content: {
                    "application/json": AnalysisFailedDelivery;
                };
            };
            responses: {
                "2XX": components["responses"]["DeliveryAccepted"];
                "4XX": components["responses"]["DeliveryRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        WebhookEvent: WebhookEvent;
        AnyWebhookEvent: AnyWebhookEvent;
        WebhookStatus: WebhookStatus;
        AnyWebhookStatus: AnyWebhookStatus;
        WebhookEventLogStatus: WebhookEventLogStatus;
        AnyWebhookEventLogStatus: AnyWebhookEventLogStatus;
        WebhookCreate: WebhookCreate;
        WebhookUpdate: WebhookUpdate;
        Webhook: Webhook;
        UserInfo: UserInfo;
        WebhookEventLog: WebhookEventLog;
        QueryFilter: QueryFilter;
        Page: Page;
        PageSort: PageSort;
        WebhookPage: WebhookPage;
        WebhookEventLogPage: WebhookEventLogPage;
        DeliveryEnvelope: DeliveryEnvelope;
        AnalysisCompletedDelivery: AnalysisCompletedDelivery;
        AnalysisResult: AnalysisResult;
        AnalysisFailedDelivery: AnalysisFailedDelivery;
        AnalysisFailure: AnalysisFailure;
        ErrorBody: ErrorBody;
    };
    responses: {
        /** @description The token is missing, malformed, expired or revoked. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "The access token is not valid."
                 *     }
                 */
                "application/json": ErrorBody;
            };
        };
        /** @description The token is valid, and its scopes do not cover this operation. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "The token lacks a scope that this operation needs."
                 *     }
                 */
                "application/json": ErrorBody;
            };
        };
        /** @description Nothing has this id, or the token may not see it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "There is nothing with this id."
                 *     }
                 */
                "application/json": ErrorBody;
            };
        };
        /** @description A limit on the number of requests has been reached. */
        TooManyRequests: {
            headers: {
                "X-User-Hour-Limit-Remaining": components["headers"]["X-User-Hour-Limit-Remaining"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Too many requests."
                 *     }
                 */
                "application/json": ErrorBody;
            };
        };
        /** @description The server failed. Whether it carried the request out is not known. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Something went wrong."
                 *     }
                 */
                "application/json": ErrorBody;
            };
        };
        /** @description The server cannot answer just now. */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "The service is under maintenance."
                 *     }
                 */
                "application/json": ErrorBody;
            };
        };
        /** @description Any status of success tells MindBridge that the delivery has arrived. */
        DeliveryAccepted: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The delivery was refused. Which statuses make MindBridge try again is not published. */
        DeliveryRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * @description Which page to read. 0 is the first.
         * @example 0
         */
        Page: number;
        /**
         * @description How many items a page holds at most.
         * @example 20
         */
        Size: number;
        /**
         * @description The properties to sort by, the most important first. Each is a name, and `,asc` or `,desc` after it: ascending by default.
         * @example [
         *       "creationDate,desc"
         *     ]
         */
        Sort: readonly string[];
        /**
         * @description The unique id of the event. It stays the same when a delivery is repeated, so act on each id once.
         * @example 66e0b1d3c2d81b0013fe5b17
         */
        DeliveryId: string;
        /**
         * @description When the delivery was sent, in seconds since the Unix epoch.
         * @example 1772442905
         */
        DeliveryTimestamp: number;
        /**
         * @description The Ed25519 signature of the delivery, to be verified with the webhook's `publicKey`.
         * @example v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==
         */
        DeliverySignature: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The seconds until the limit resets, whatever the name says. The limit is shared by all tokens of the tenant. A limit of the platform (by IP address) answers without this header: wait for about 30 seconds.
         * @example 1
         */
        "X-User-Hour-Limit-Remaining": number;
    };
    pathItems: never;
}
/** An event that a webhook can subscribe to. */
export type WebhookEvent = "EXPORT_READY" | "FILE_MANAGER_FILE_ADDED" | "DATA_ADDED" | "INGESTION_COMPLETE" | "INGESTION_FAILED" | "ANALYSIS_COMPLETE" | "ANALYSIS_FAILED" | "UNMAPPED_ACCOUNTS" | "ENGAGEMENT_CREATED" | "ENGAGEMENT_UPDATED" | "ENGAGEMENT_DELETED" | "ANALYSIS_CREATED" | "ANALYSIS_UPDATED" | "ANALYSIS_DELETED" | "ANALYSIS_ARCHIVED" | "ANALYSIS_UNARCHIVED" | "USER_INVITED" | "USER_STATUS_UPDATED" | "USER_ROLE_UPDATED" | "USER_DELETED" | "USER_LOGIN";
/**
 * An event as the server names it: one of `WebhookEvent`, or a name that is newer than this version of the
 * contract. `isWebhookEvent` tells them apart.
 */
export type AnyWebhookEvent = WebhookEvent | (string & {});
/** Whether the webhook sends deliveries (`ACTIVE`) or keeps silent (`INACTIVE`). */
export type WebhookStatus = "ACTIVE" | "INACTIVE";
/**
 * A status as the server names it: one of `WebhookStatus`, or a name that is newer than this version of the
 * contract. `isWebhookStatus` tells them apart.
 */
export type AnyWebhookStatus = WebhookStatus | (string & {});
/** How far a delivery has come. */
export type WebhookEventLogStatus = "IN_PROGRESS" | "COMPLETED" | "FAILED" | "FAILED_PERMANENTLY" | "DISCONNECTED";
/**
 * A status as the server names it: one of `WebhookEventLogStatus`, or a name that is newer than this version of
 * the contract. `isWebhookEventLogStatus` tells them apart.
 */
export type AnyWebhookEventLogStatus = WebhookEventLogStatus | (string & {});
/** What it takes to create a webhook. The server refuses a property that it does not know. */
export type WebhookCreate = {
    /** @description What people call the webhook. At least 1 character. */
    name: string;
    /** @description Where the deliveries are sent. HTTPS only; the server refuses hosts of its own and some others, such as `.local` and `.azure.com`. */
    url: string;
    /** @description The id of an administrative user, who is told when the webhook has problems. */
    technicalContactId: string;
    /** @description The events to send deliveries for. At least one. */
    events: readonly WebhookEvent[];
    /** @description Whether the webhook sends deliveries (`ACTIVE`) or keeps silent (`INACTIVE`). */
    status: WebhookStatus;
};
/**
 * What a webhook is to become. The client also takes a `Webhook` as it was read, and sends these properties of
 * it. What was read may name events that are newer than this version of the contract, and goes back as it came.
 * The server refuses a property that it does not know.
 */
export type WebhookUpdate = {
    /**
     * Format: int64
     * @description The latest version of the webhook, as it was read. A 64-bit integer, given as a JavaScript number: exact up to `Number.MAX_SAFE_INTEGER`.
     */
    version: number;
    /** @description What people call the webhook. At least 1 character. */
    name: string;
    /** @description Where the deliveries are sent. HTTPS only; the server refuses hosts of its own and some others, such as `.local` and `.azure.com`. */
    url: string;
    /** @description The id of an administrative user, who is told when the webhook has problems. */
    technicalContactId: string;
    /** @description The events to send deliveries for. At least one. */
    events: readonly AnyWebhookEvent[];
    /** @description A status as the server names it: one of `WebhookStatus`, or a name that is newer than this version of the contract. `isWebhookStatus` tells them apart. */
    status: AnyWebhookStatus;
};
/** A webhook as the server keeps it. */
export type Webhook = {
    /** @description The unique id of the webhook. Its deliveries hold it as `senderId`. */
    id: string;
    /**
     * Format: int64
     * @description Counts the changes of the webhook, for the integrity of its data. A 64-bit integer, read as a JavaScript number: exact up to `Number.MAX_SAFE_INTEGER`.
     */
    version: number;
    /**
     * Format: date-time
     * @description When the webhook was created, as an RFC 3339 string.
     */
    creationDate?: string;
    /**
     * Format: date-time
     * @description When the webhook was last changed, as an RFC 3339 string.
     */
    lastModifiedDate?: string;
    /** @description Who created the webhook. */
    readonly createdUserInfo?: UserInfo;
    /** @description Who last changed the webhook. */
    readonly lastModifiedUserInfo?: UserInfo;
    /** @description What people call the webhook. */
    name: string;
    /** @description Where the deliveries are sent. */
    url: string;
    /** @description The id of the administrative user who is told when the webhook has problems. */
    technicalContactId: string;
    /** @description The events that deliveries are sent for. A name may be newer than this version of the contract: `webhook.events.filter(isWebhookEvent)` leaves those that can be sent back. */
    events: AnyWebhookEvent[];
    /** @description The Ed25519 key that verifies the signatures of this webhook's deliveries. */
    publicKey: string;
    /** @description A status as the server names it: one of `WebhookStatus`, or a name that is newer than this version of the contract. `isWebhookStatus` tells them apart. */
    status: AnyWebhookStatus;
    /**
     * Format: date-time
     * @description When the key was generated, as an RFC 3339 string.
     */
    keyGenerationTimestamp?: string;
};
/** A user, as named in what they created or changed. */
export type UserInfo = {
    /** @description The id of the user. */
    readonly userId?: string;
    /** @description The name of the user. */
    readonly userName?: string;
};
/**
 * What became of one delivery. The vendor shows the ids of this object without a type; they are strings
 * everywhere else.
 */
export type WebhookEventLog = {
    /** @description The unique id of this log. */
    id: string;
    /**
     * Format: int64
     * @description Counts the changes of the log. A 64-bit integer, read as a JavaScript number: exact up to `Number.MAX_SAFE_INTEGER`.
     */
    version: number;
    /**
     * Format: date-time
     * @description When the log was created, as an RFC 3339 string.
     */
    creationDate?: string;
    /**
     * Format: date-time
     * @description When the log was last changed, as an RFC 3339 string.
     */
    lastModifiedDate?: string;
    /** @description Who created the log. */
    readonly createdUserInfo?: UserInfo;
    /** @description Who last changed the log. */
    readonly lastModifiedUserInfo?: UserInfo;
    /** @description A status as the server names it: one of `WebhookEventLogStatus`, or a name that is newer than this version of the contract. `isWebhookEventLogStatus` tells them apart. */
    status: AnyWebhookEventLogStatus;
    /** @description The id of the webhook that sent the delivery. */
    webhookId: string;
    /**
     * Format: date-time
     * @description When the last attempt began, as an RFC 3339 string.
     */
    attemptStartDate?: string;
    /** @description Where the delivery was sent. */
    url?: string;
    /** @description The type of the event, such as `analysis.completed`. */
    eventType?: string;
    /** @description The headers that MindBridge sent. */
    requestHeaders?: Record<string, unknown>;
    /** @description The body that MindBridge sent. */
    requestBody?: string;
    /**
     * Format: int32
     * @description The HTTP status that the receiver answered.
     */
    responseStatusCode?: number;
    /** @description The headers that the receiver answered. */
    responseHeaders?: Record<string, unknown>;
    /**
     * Format: float
     * @description How long the receiver took to answer, in seconds.
     */
    responseTimeSec?: number;
    /**
     * Format: int32
     * @description How often the delivery has been repeated.
     */
    retryCount?: number;
    /** @description The id of the request that made this attempt. */
    requestId?: string;
};
/**
 * A filter in the vendor's query language: each key is a field or an operator, and `{}` stands for all. A value
 * means equality: `{ status: "ACTIVE" }`. These operators are published, and there may be others: `$eq`, `$ne`,
 * `$gte`, `$lt`, `$iprefix` (by its name: begins with, in capitals or not) for a field, `$and` and `$or` for a
 * list of filters.
 */
export type QueryFilter = Record<string, unknown>;
/** What every page of a query holds besides its items. The vendor publishes the names of these properties. */
export type Page = {
    /** @description The same as `number`. */
    pageNumber?: number;
    /** @description The same as `size`. */
    pageSize?: number;
    /** @description Which page this is. 0 is the first. */
    number: number;
    /** @description How many items a page holds at most. */
    size?: number;
    /** @description How many items this page holds. */
    numberOfElements?: number;
    /** @description How many items all pages hold. */
    totalElements: number;
    /** @description How many pages there are. */
    totalPages: number;
    /** @description Whether this is the first page. */
    first?: boolean;
    /** @description Whether this is the last page. */
    last: boolean;
    /** @description Whether the items are sorted. */
    sort?: PageSort;
    /** @description Which page was asked for. */
    pageable?: {
        /** @description Which page this is. 0 is the first. */
        pageNumber?: number;
        /** @description How many items a page holds at most. */
        pageSize?: number;
        /** @description How many items the pages before this one hold. */
        offset?: number;
        /** @description Whether the items are sorted. */
        sort?: PageSort;
    };
};
/** Whether the items are sorted. */
export type PageSort = {
    /** @description Whether nothing to sort by was given. */
    empty?: boolean;
    /** @description Whether the items are in no order. */
    unsorted?: boolean;
    /** @description Whether the items are sorted. */
    sorted?: boolean;
};
/** A page of webhooks. */
export type WebhookPage = Page & {
    /** @description The webhooks of this page. */
    content: Webhook[];
};
/** A page of logs. */
export type WebhookEventLogPage = Page & {
    /** @description The logs of this page. */
    content: WebhookEventLog[];
};
/** What every delivery holds, whatever its type. A type that the contract does not list arrives as this. */
export type DeliveryEnvelope = {
    /** @description The type of the event, such as `analysis.completed`. */
    type: string;
    /** @description The unique id of the event. */
    eventId: string;
    /**
     * Format: date-time
     * @description When the event happened, as an RFC 3339 string.
     */
    timestamp: string;
    /** @description The id of the webhook that sent the delivery. */
    senderId: string;
    /** @description The name of the tenant. */
    tenantId: string;
    /** @description The id of the user who caused the event. */
    userId?: string;
    /** @description What the event is about. It depends on the type. */
    data: Record<string, unknown>;
};
/** An analysis is complete, and its results can be read. */
export type AnalysisCompletedDelivery = {
    /** @constant */
    type: "analysis.completed";
    /** @description The unique id of the event. */
    eventId: string;
    /**
     * Format: date-time
     * @description When the event happened, as an RFC 3339 string.
     */
    timestamp: string;
    /** @description The id of the webhook that sent the delivery. */
    senderId: string;
    /** @description The name of the tenant. */
    tenantId: string;
    /** @description The id of the user who caused the event. */
    userId?: string;
    /** @description Where to find the results of an analysis. */
    data: AnalysisResult;
};
/** Where to find the results of an analysis. */
export type AnalysisResult = {
    /** @description The unique id of the event. */
    eventId?: string;
    /** @description The id of the analysis. */
    analysisId: string;
    /** @description The id of the results. */
    analysisResultId: string;
    /** @description The id of the engagement that the analysis belongs to. */
    engagementId: string;
};
/** An analysis has failed. */
export type AnalysisFailedDelivery = {
    /** @constant */
    type: "analysis.failed";
    /** @description The unique id of the event. */
    eventId: string;
    /**
     * Format: date-time
     * @description When the event happened, as an RFC 3339 string.
     */
    timestamp: string;
    /** @description The id of the webhook that sent the delivery. */
    senderId: string;
    /** @description The name of the tenant. */
    tenantId: string;
    /** @description The id of the user who caused the event. */
    userId?: string;
    /** @description Which analysis has failed. There may be no results to point to. */
    data: AnalysisFailure;
};
/** Which analysis has failed. There may be no results to point to. */
export type AnalysisFailure = {
    /** @description The unique id of the event. */
    eventId?: string;
    /** @description The id of the analysis. */
    analysisId: string;
    /** @description The id of the results, where there are any. */
    analysisResultId?: string;
    /** @description The id of the engagement that the analysis belongs to. */
    engagementId: string;
};
/** The body of an error. MindBridge publishes none: JSON of any shape, text or nothing may come. */
export type ErrorBody = Record<string, unknown>;
export type $defs = Record<string, never>;
export interface operations {
    "webhooks.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The webhook to create. */
        requestBody: {
            content: {
                "application/json": WebhookCreate;
            };
        };
        responses: {
            /** @description The webhook that was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Webhook;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    "webhooks.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the webhook, as `webhooks.create` returned it.
                 * @example 66e0a4f7c2d81b0013fe5a90
                 */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Webhook;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    "webhooks.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the webhook, as `webhooks.create` returned it.
                 * @example 66e0a4f7c2d81b0013fe5a90
                 */
                webhookId: string;
            };
            cookie?: never;
        };
        /** @description The webhook as it is to be, with the version that was read. */
        requestBody: {
            content: {
                "application/json": WebhookUpdate;
            };
        };
        responses: {
            /** @description The webhook after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Webhook;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            /** @description The webhook was changed, and the answer does not hold it. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhooks.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the webhook, as `webhooks.create` returned it.
                 * @example 66e0a4f7c2d81b0013fe5a90
                 */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            /** @description The webhook was deleted. The status is not published, nor whether the answer holds anything. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhooks.query": {
        parameters: {
            query?: {
                /**
                 * @description Which page to read. 0 is the first.
                 * @example 0
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds at most.
                 * @example 20
                 */
                size?: components["parameters"]["Size"];
                /**
                 * @description The properties to sort by, the most important first. Each is a name, and `,asc` or `,desc` after it: ascending by default.
                 * @example [
                 *       "creationDate,desc"
                 *     ]
                 */
                sort?: components["parameters"]["Sort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Which webhooks to find. `{}` stands for all. */
        requestBody: {
            content: {
                "application/json": QueryFilter;
            };
        };
        responses: {
            /** @description A page of webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebhookPage;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    "webhookEventLogs.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the event, as the `webhook-id` header of its delivery holds it.
                 * @example 66e0b1d3c2d81b0013fe5b17
                 */
                webhookEventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log of the delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebhookEventLog;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    "webhookEventLogs.query": {
        parameters: {
            query?: {
                /**
                 * @description Which page to read. 0 is the first.
                 * @example 0
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds at most.
                 * @example 20
                 */
                size?: components["parameters"]["Size"];
                /**
                 * @description The properties to sort by, the most important first. Each is a name, and `,asc` or `,desc` after it: ascending by default.
                 * @example [
                 *       "creationDate,desc"
                 *     ]
                 */
                sort?: components["parameters"]["Sort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Which logs to find. `{}` stands for all. */
        requestBody: {
            content: {
                "application/json": QueryFilter;
            };
        };
        responses: {
            /** @description A page of logs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebhookEventLogPage;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
