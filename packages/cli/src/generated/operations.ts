// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { ResourceCommand } from "../operations/table.ts";

/** The operations of the API, as commands. */
export const RESOURCES: readonly ResourceCommand[] = [
  {
    "resource": "webhooks",
    "word": "webhooks",
    "description": "Where MindBridge sends its deliveries, and for which events.",
    "operations": [
      {
        "name": "create",
        "word": "create",
        "summary": "Create a webhook.",
        "description": "Registers a URL to which MindBridge sends a signed delivery for each of the events named. The answer holds the `publicKey` that proves a delivery genuine. Creating twice makes two webhooks: after a time-out or a cut connection, look in MindBridge whether the webhook is there before creating it again.",
        "deprecated": false,
        "writes": true,
        "arguments": [],
        "flags": [
          {
            "flag": "--name",
            "in": "body",
            "name": "name",
            "description": "What people call the webhook. At least 1 character.",
            "required": true,
            "list": false,
            "type": "string"
          },
          {
            "flag": "--url",
            "in": "body",
            "name": "url",
            "description": "Where the deliveries are sent. HTTPS only; the server refuses hosts of its own and some others, such as `.local` and `.azure.com`.",
            "required": true,
            "list": false,
            "type": "string"
          },
          {
            "flag": "--technical-contact-id",
            "in": "body",
            "name": "technicalContactId",
            "description": "The id of an administrative user, who is told when the webhook has problems.",
            "required": true,
            "list": false,
            "type": "string"
          },
          {
            "flag": "--events",
            "in": "body",
            "name": "events",
            "description": "The events to send deliveries for. At least one.",
            "required": true,
            "list": true,
            "type": "string",
            "values": [
              "EXPORT_READY",
              "FILE_MANAGER_FILE_ADDED",
              "DATA_ADDED",
              "INGESTION_COMPLETE",
              "INGESTION_FAILED",
              "ANALYSIS_COMPLETE",
              "ANALYSIS_FAILED",
              "UNMAPPED_ACCOUNTS",
              "ENGAGEMENT_CREATED",
              "ENGAGEMENT_UPDATED",
              "ENGAGEMENT_DELETED",
              "ANALYSIS_CREATED",
              "ANALYSIS_UPDATED",
              "ANALYSIS_DELETED",
              "ANALYSIS_ARCHIVED",
              "ANALYSIS_UNARCHIVED",
              "USER_INVITED",
              "USER_STATUS_UPDATED",
              "USER_ROLE_UPDATED",
              "USER_DELETED",
              "USER_LOGIN"
            ]
          },
          {
            "flag": "--status",
            "in": "body",
            "name": "status",
            "description": "Whether the webhook sends deliveries (`ACTIVE`) or keeps silent (`INACTIVE`).",
            "required": true,
            "list": false,
            "type": "string",
            "values": [
              "ACTIVE",
              "INACTIVE"
            ]
          }
        ],
        "body": {
          "required": true,
          "description": "The webhook to create.",
          "example": {
            "name": "Close the books",
            "url": "https://hooks.example.com/mindbridge",
            "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
            "events": [
              "ANALYSIS_COMPLETE",
              "ANALYSIS_FAILED"
            ],
            "status": "ACTIVE"
          }
        }
      },
      {
        "name": "get",
        "word": "get",
        "summary": "Read a webhook.",
        "description": "Reads one webhook by its id. This is how a receiver finds the `publicKey` that is in force after the keys were generated anew.",
        "deprecated": false,
        "writes": false,
        "arguments": [
          {
            "word": "webhook-id",
            "description": "The id of the webhook, as `webhooks.create` returned it.",
            "example": "66e0a4f7c2d81b0013fe5a90"
          }
        ],
        "flags": []
      },
      {
        "name": "update",
        "word": "update",
        "summary": "Change a webhook.",
        "description": "Replaces what can be changed of a webhook. `version` must be the latest: read the webhook, change it, and send it back. If somebody has changed it meanwhile, the server refuses; with which status is not published, so read again. Whether a change replaces the `publicKey` is not published either. The token needs the scope `api.webhooks.write`.\n\nIt follows from the vendor's general rule for every entity: no page of its own is published.",
        "deprecated": false,
        "writes": true,
        "arguments": [
          {
            "word": "webhook-id",
            "description": "The id of the webhook, as `webhooks.create` returned it.",
            "example": "66e0a4f7c2d81b0013fe5a90"
          }
        ],
        "flags": [
          {
            "flag": "--body-version",
            "in": "body",
            "name": "version",
            "description": "The latest version of the webhook, as it was read. A 64-bit integer, given as a JavaScript number: exact up to `Number.MAX_SAFE_INTEGER`.",
            "required": true,
            "list": false,
            "type": "integer"
          },
          {
            "flag": "--name",
            "in": "body",
            "name": "name",
            "description": "What people call the webhook. At least 1 character.",
            "required": true,
            "list": false,
            "type": "string"
          },
          {
            "flag": "--url",
            "in": "body",
            "name": "url",
            "description": "Where the deliveries are sent. HTTPS only; the server refuses hosts of its own and some others, such as `.local` and `.azure.com`.",
            "required": true,
            "list": false,
            "type": "string"
          },
          {
            "flag": "--technical-contact-id",
            "in": "body",
            "name": "technicalContactId",
            "description": "The id of an administrative user, who is told when the webhook has problems.",
            "required": true,
            "list": false,
            "type": "string"
          },
          {
            "flag": "--events",
            "in": "body",
            "name": "events",
            "description": "The events to send deliveries for. At least one.",
            "required": true,
            "list": true,
            "type": "string",
            "values": [
              "EXPORT_READY",
              "FILE_MANAGER_FILE_ADDED",
              "DATA_ADDED",
              "INGESTION_COMPLETE",
              "INGESTION_FAILED",
              "ANALYSIS_COMPLETE",
              "ANALYSIS_FAILED",
              "UNMAPPED_ACCOUNTS",
              "ENGAGEMENT_CREATED",
              "ENGAGEMENT_UPDATED",
              "ENGAGEMENT_DELETED",
              "ANALYSIS_CREATED",
              "ANALYSIS_UPDATED",
              "ANALYSIS_DELETED",
              "ANALYSIS_ARCHIVED",
              "ANALYSIS_UNARCHIVED",
              "USER_INVITED",
              "USER_STATUS_UPDATED",
              "USER_ROLE_UPDATED",
              "USER_DELETED",
              "USER_LOGIN"
            ]
          },
          {
            "flag": "--status",
            "in": "body",
            "name": "status",
            "description": "A status as the server names it: one of `WebhookStatus`, or a name that is newer than this version of the contract. `isWebhookStatus` tells them apart.",
            "required": true,
            "list": false,
            "type": "string",
            "values": [
              "ACTIVE",
              "INACTIVE"
            ]
          }
        ],
        "body": {
          "required": true,
          "description": "The webhook as it is to be, with the version that was read.",
          "example": {
            "version": 1,
            "name": "Close the books",
            "url": "https://hooks.example.com/mindbridge",
            "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
            "events": [
              "ANALYSIS_COMPLETE",
              "ANALYSIS_FAILED"
            ],
            "status": "INACTIVE"
          },
          "readOnly": {
            "id": true,
            "creationDate": true,
            "lastModifiedDate": true,
            "createdUserInfo": true,
            "lastModifiedUserInfo": true,
            "publicKey": true,
            "keyGenerationTimestamp": true
          }
        }
      },
      {
        "name": "delete",
        "word": "delete",
        "summary": "Delete a webhook.",
        "description": "Deletes a webhook for good. What becomes of deliveries that are on their way is not published: to be sure, set its `status` to `INACTIVE` first, and wait. The token needs the scope `api.webhooks.delete`.\n\nIt follows from the vendor's general rule for every entity: no page of its own is published.",
        "deprecated": false,
        "writes": true,
        "arguments": [
          {
            "word": "webhook-id",
            "description": "The id of the webhook, as `webhooks.create` returned it.",
            "example": "66e0a4f7c2d81b0013fe5a90"
          }
        ],
        "flags": []
      },
      {
        "name": "query",
        "word": "query",
        "summary": "Find webhooks.",
        "description": "Finds webhooks, page by page. Which fields can be queried is not published, nor the usual and the largest size of a page. The token needs the scope `api.webhooks.read`.\n\nIt follows from the vendor's general rule for every entity: no page of its own is published.",
        "deprecated": false,
        "writes": false,
        "arguments": [],
        "flags": [
          {
            "flag": "--page",
            "in": "query",
            "name": "page",
            "description": "Which page to read. 0 is the first.",
            "required": false,
            "list": false,
            "type": "integer"
          },
          {
            "flag": "--size",
            "in": "query",
            "name": "size",
            "description": "How many items a page holds at most.",
            "required": false,
            "list": false,
            "type": "integer"
          },
          {
            "flag": "--sort",
            "in": "query",
            "name": "sort",
            "description": "The properties to sort by, the most important first. Each is a name, and `,asc` or `,desc` after it: ascending by default.",
            "required": false,
            "list": true,
            "type": "string"
          }
        ],
        "body": {
          "required": false,
          "description": "Which webhooks to find. `{}` stands for all.",
          "example": {}
        }
      }
    ]
  },
  {
    "resource": "webhookEventLogs",
    "word": "webhook-event-logs",
    "description": "What became of each delivery that MindBridge tried to make.",
    "operations": [
      {
        "name": "get",
        "word": "get",
        "summary": "Read the log of one delivery.",
        "description": "Reads what MindBridge sent for one event, what the receiver answered, and whether MindBridge will try again.",
        "deprecated": false,
        "writes": false,
        "arguments": [
          {
            "word": "webhook-event-id",
            "description": "The id of the event, as the `webhook-id` header of its delivery holds it.",
            "example": "66e0b1d3c2d81b0013fe5b17"
          }
        ],
        "flags": []
      },
      {
        "name": "query",
        "word": "query",
        "summary": "Find the logs of deliveries.",
        "description": "Finds the logs of deliveries, page by page, such as those that failed. Which fields can be queried is not published, nor the usual and the largest size of a page.\n\nIt follows from the vendor's general rule for every entity: no page of its own is published.",
        "deprecated": false,
        "writes": false,
        "arguments": [],
        "flags": [
          {
            "flag": "--page",
            "in": "query",
            "name": "page",
            "description": "Which page to read. 0 is the first.",
            "required": false,
            "list": false,
            "type": "integer"
          },
          {
            "flag": "--size",
            "in": "query",
            "name": "size",
            "description": "How many items a page holds at most.",
            "required": false,
            "list": false,
            "type": "integer"
          },
          {
            "flag": "--sort",
            "in": "query",
            "name": "sort",
            "description": "The properties to sort by, the most important first. Each is a name, and `,asc` or `,desc` after it: ascending by default.",
            "required": false,
            "list": true,
            "type": "string"
          }
        ],
        "body": {
          "required": false,
          "description": "Which logs to find. `{}` stands for all.",
          "example": {}
        }
      }
    ]
  }
];
