/** A resource of the API, and the operations on it: what the generated table holds. */
export interface ResourceCommand {
  /** The property of the client, such as `webhookEventLogs`. */
  readonly resource: string;
  /** The word of the command line, such as `webhook-event-logs`. */
  readonly word: string;
  readonly description: string;
  readonly operations: readonly OperationCommand[];
}

/** An operation of the API, as a command. */
export interface OperationCommand {
  /** The method of the resource, such as `create`. */
  readonly name: string;
  /** The word of the command line. */
  readonly word: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** Whether it changes something: people are asked first. */
  readonly writes: boolean;
  /** The path parameters, in the order of the method's. */
  readonly arguments: readonly { readonly word: string; readonly description: string; readonly example?: unknown }[];
  readonly flags: readonly Flag[];
  /** Whether the method takes a body, and whether there must be one. */
  readonly body?: { readonly required: boolean; readonly description: string; readonly example?: unknown };
}

/** A query parameter, a header or a property of the body, as an option. */
export interface Flag {
  /** With its dashes, such as `--technical-contact-id`. */
  readonly flag: string;
  /** What it is a part of. */
  readonly in: "body" | "query" | "headers";
  /** Its name there. */
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** How its text is read: as `json` where it is more than one value, and as `any` where it can be all, text included. */
  readonly type: "string" | "integer" | "number" | "boolean" | "json" | "any";
  /** Whether it is a list, whose items have the type. */
  readonly list: boolean;
  /** The values that it can have, where the document lists them. */
  readonly values?: readonly (string | number)[];
}
