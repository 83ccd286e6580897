// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { AnalysisCompletedDelivery, AnalysisFailedDelivery, ErrorBody, QueryFilter, Webhook, WebhookCreate, WebhookEventLog, WebhookEventLogPage, WebhookPage, WebhookUpdate } from "./types.ts";

/** The examples of each operation, under their names in the document: those of its request, and those of its responses by status. */
export const EXAMPLES: {
  "webhooks.create": {
    request: { "analysisResults": WebhookCreate; "inactive": WebhookCreate };
    responses: {
      "201": { "webhook": Webhook };
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
  "webhooks.get": {
    responses: {
      "200": { "webhook": Webhook; "newerEvent": Webhook };
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "404": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
  "webhooks.update": {
    request: { "paused": WebhookUpdate };
    responses: {
      "200": { "webhook": Webhook };
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "404": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
  "webhooks.delete": {
    responses: {
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "404": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
  "webhooks.query": {
    request: { "all": QueryFilter; "byName": QueryFilter };
    responses: {
      "200": { "page": WebhookPage };
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
  "webhookEventLogs.get": {
    responses: {
      "200": { "completed": WebhookEventLog; "failedPermanently": WebhookEventLog };
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "404": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
  "webhookEventLogs.query": {
    request: { "all": QueryFilter; "failedSince": QueryFilter };
    responses: {
      "200": { "page": WebhookEventLogPage };
      "401": { "example": ErrorBody };
      "403": { "example": ErrorBody };
      "429": { "example": ErrorBody };
      "500": { "example": ErrorBody };
      "503": { "example": ErrorBody };
    };
  };
} = {
  "webhooks.create": {
    "request": {
      "analysisResults": {
        "name": "Close the books",
        "url": "https://hooks.example.com/mindbridge",
        "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
        "events": [
          "ANALYSIS_COMPLETE",
          "ANALYSIS_FAILED"
        ],
        "status": "ACTIVE"
      },
      "inactive": {
        "name": "Engagement register",
        "url": "https://hooks.example.com/mindbridge/engagements",
        "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
        "events": [
          "ENGAGEMENT_CREATED",
          "ENGAGEMENT_UPDATED",
          "ENGAGEMENT_DELETED"
        ],
        "status": "INACTIVE"
      }
    },
    "responses": {
      "201": {
        "webhook": {
          "id": "66e0a4f7c2d81b0013fe5a90",
          "version": 1,
          "creationDate": "2026-03-02T08:00:00.000Z",
          "lastModifiedDate": "2026-03-02T08:00:00.000Z",
          "createdUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "lastModifiedUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "name": "Close the books",
          "url": "https://hooks.example.com/mindbridge",
          "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
          "events": [
            "ANALYSIS_COMPLETE",
            "ANALYSIS_FAILED"
          ],
          "publicKey": "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
          "status": "ACTIVE",
          "keyGenerationTimestamp": "2026-03-02T08:00:00.000Z"
        }
      },
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  },
  "webhooks.get": {
    "responses": {
      "200": {
        "webhook": {
          "id": "66e0a4f7c2d81b0013fe5a90",
          "version": 1,
          "creationDate": "2026-03-02T08:00:00.000Z",
          "lastModifiedDate": "2026-03-02T08:00:00.000Z",
          "createdUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "lastModifiedUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "name": "Close the books",
          "url": "https://hooks.example.com/mindbridge",
          "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
          "events": [
            "ANALYSIS_COMPLETE",
            "ANALYSIS_FAILED"
          ],
          "publicKey": "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
          "status": "ACTIVE",
          "keyGenerationTimestamp": "2026-03-02T08:00:00.000Z"
        },
        "newerEvent": {
          "id": "66e0a4f7c2d81b0013fe5a90",
          "version": 7,
          "name": "Close the books",
          "url": "https://hooks.example.com/mindbridge",
          "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
          "events": [
            "ANALYSIS_COMPLETE",
            "LEDGER_RECONCILED"
          ],
          "publicKey": "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
          "status": "ACTIVE"
        }
      },
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "404": {
        "example": {
          "message": "There is nothing with this id."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  },
  "webhooks.update": {
    "request": {
      "paused": {
        "version": 1,
        "name": "Close the books",
        "url": "https://hooks.example.com/mindbridge",
        "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
        "events": [
          "ANALYSIS_COMPLETE",
          "ANALYSIS_FAILED"
        ],
        "status": "INACTIVE"
      }
    },
    "responses": {
      "200": {
        "webhook": {
          "id": "66e0a4f7c2d81b0013fe5a90",
          "version": 1,
          "creationDate": "2026-03-02T08:00:00.000Z",
          "lastModifiedDate": "2026-03-02T08:00:00.000Z",
          "createdUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "lastModifiedUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "name": "Close the books",
          "url": "https://hooks.example.com/mindbridge",
          "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
          "events": [
            "ANALYSIS_COMPLETE",
            "ANALYSIS_FAILED"
          ],
          "publicKey": "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
          "status": "ACTIVE",
          "keyGenerationTimestamp": "2026-03-02T08:00:00.000Z"
        }
      },
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "404": {
        "example": {
          "message": "There is nothing with this id."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  },
  "webhooks.delete": {
    "responses": {
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "404": {
        "example": {
          "message": "There is nothing with this id."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  },
  "webhooks.query": {
    "request": {
      "all": {},
      "byName": {
        "name": "Close the books"
      }
    },
    "responses": {
      "200": {
        "page": {
          "content": [
            {
              "id": "66e0a4f7c2d81b0013fe5a90",
              "version": 1,
              "name": "Close the books",
              "url": "https://hooks.example.com/mindbridge",
              "technicalContactId": "65b2f1c09a3e4d0012ab34cd",
              "events": [
                "ANALYSIS_COMPLETE",
                "ANALYSIS_FAILED"
              ],
              "publicKey": "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
              "status": "ACTIVE"
            }
          ],
          "pageNumber": 0,
          "pageSize": 20,
          "number": 0,
          "size": 20,
          "numberOfElements": 1,
          "totalElements": 1,
          "totalPages": 1,
          "first": true,
          "last": true,
          "sort": {
            "empty": true,
            "unsorted": true,
            "sorted": false
          },
          "pageable": {
            "pageNumber": 0,
            "pageSize": 20,
            "offset": 0,
            "sort": {
              "empty": true,
              "unsorted": true,
              "sorted": false
            }
          }
        }
      },
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  },
  "webhookEventLogs.get": {
    "responses": {
      "200": {
        "completed": {
          "id": "66e0b1d4c2d81b0013fe5b1c",
          "version": 2,
          "creationDate": "2026-03-02T09:15:04.120Z",
          "lastModifiedDate": "2026-03-02T09:15:05.480Z",
          "createdUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "lastModifiedUserInfo": {
            "userId": "65b2f1c09a3e4d0012ab34cd",
            "userName": "Robin Okafor"
          },
          "status": "COMPLETED",
          "webhookId": "66e0a4f7c2d81b0013fe5a90",
          "attemptStartDate": "2026-03-02T09:15:05.060Z",
          "url": "https://hooks.example.com/mindbridge",
          "eventType": "analysis.completed",
          "requestHeaders": {
            "content-type": "application/json",
            "webhook-id": "66e0b1d3c2d81b0013fe5b17",
            "webhook-timestamp": "1772442905"
          },
          "requestBody": "{\"type\":\"analysis.completed\",\"eventId\":\"66e0b1d3c2d81b0013fe5b17\"}",
          "responseStatusCode": 204,
          "responseHeaders": {
            "date": "Mon, 02 Mar 2026 09:15:05 GMT"
          },
          "responseTimeSec": 0.42,
          "retryCount": 0,
          "requestId": "4f7d2c1e-90a5-4b7e-8f7d-2f3a9b5c6d10"
        },
        "failedPermanently": {
          "id": "66e0c2a9c2d81b0013fe5c02",
          "version": 9,
          "status": "FAILED_PERMANENTLY",
          "webhookId": "66e0a4f7c2d81b0013fe5a90",
          "attemptStartDate": "2026-03-02T12:00:31.700Z",
          "url": "https://hooks.example.com/mindbridge",
          "eventType": "analysis.failed",
          "responseStatusCode": 503,
          "responseTimeSec": 10.01,
          "retryCount": 7
        }
      },
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "404": {
        "example": {
          "message": "There is nothing with this id."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  },
  "webhookEventLogs.query": {
    "request": {
      "all": {},
      "failedSince": {
        "$and": [
          {
            "webhookId": "66e0a4f7c2d81b0013fe5a90"
          },
          {
            "status": {
              "$eq": "FAILED_PERMANENTLY"
            }
          },
          {
            "creationDate": {
              "$gte": "2026-03-02T00:00:00.000Z"
            }
          }
        ]
      }
    },
    "responses": {
      "200": {
        "page": {
          "content": [
            {
              "id": "66e0c2a9c2d81b0013fe5c02",
              "version": 9,
              "status": "FAILED_PERMANENTLY",
              "webhookId": "66e0a4f7c2d81b0013fe5a90",
              "attemptStartDate": "2026-03-02T12:00:31.700Z",
              "eventType": "analysis.failed",
              "responseStatusCode": 503,
              "retryCount": 7
            }
          ],
          "pageNumber": 0,
          "pageSize": 20,
          "number": 0,
          "size": 20,
          "numberOfElements": 1,
          "totalElements": 1,
          "totalPages": 1,
          "first": true,
          "last": true,
          "sort": {
            "empty": true,
            "unsorted": true,
            "sorted": false
          },
          "pageable": {
            "pageNumber": 0,
            "pageSize": 20,
            "offset": 0,
            "sort": {
              "empty": true,
              "unsorted": true,
              "sorted": false
            }
          }
        }
      },
      "401": {
        "example": {
          "message": "The access token is not valid."
        }
      },
      "403": {
        "example": {
          "message": "The token lacks a scope that this operation needs."
        }
      },
      "429": {
        "example": {
          "message": "Too many requests."
        }
      },
      "500": {
        "example": {
          "message": "Something went wrong."
        }
      },
      "503": {
        "example": {
          "message": "The service is under maintenance."
        }
      }
    }
  }
};

/** The examples of the deliveries, by their `type`. */
export const DELIVERY_EXAMPLES: {
  "analysis.completed": { "analysisCompleted": AnalysisCompletedDelivery };
  "analysis.failed": { "analysisFailed": AnalysisFailedDelivery };
} = {
  "analysis.completed": {
    "analysisCompleted": {
      "type": "analysis.completed",
      "eventId": "66e0b1d3c2d81b0013fe5b17",
      "timestamp": "2026-03-02T09:15:04.120Z",
      "senderId": "66e0a4f7c2d81b0013fe5a90",
      "tenantId": "acme",
      "userId": "65b2f1c09a3e4d0012ab34cd",
      "data": {
        "eventId": "66e0b1d3c2d81b0013fe5b17",
        "analysisId": "66dffa10c2d81b0013fe4e31",
        "analysisResultId": "66e0b1d1c2d81b0013fe5b09",
        "engagementId": "66dff8e2c2d81b0013fe4d77"
      }
    }
  },
  "analysis.failed": {
    "analysisFailed": {
      "type": "analysis.failed",
      "eventId": "66e0c2a7c2d81b0013fe5bf8",
      "timestamp": "2026-03-02T11:02:47.003Z",
      "senderId": "66e0a4f7c2d81b0013fe5a90",
      "tenantId": "acme",
      "userId": "65b2f1c09a3e4d0012ab34cd",
      "data": {
        "eventId": "66e0c2a7c2d81b0013fe5bf8",
        "analysisId": "66dffa10c2d81b0013fe4e31",
        "engagementId": "66dff8e2c2d81b0013fe4d77"
      }
    }
  }
};
