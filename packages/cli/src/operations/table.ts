/** A resource of the API with its operations: a row of the generated table. */
export interface ResourceCommand {
  /** The property of the client, such as `webhookEventLogs`, or of a resource in it: `webhooks.keys`. */
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
  /** Whether it changes something, so that people are asked first. */
  readonly writes: boolean;
  /** The path parameters, in the order of the method's. */
  readonly arguments: readonly { readonly word: string; readonly description: string; readonly example?: unknown }[];
  readonly flags: readonly Flag[];
  /** The body that the method takes, if it takes one. */
  readonly body?: {
    readonly required: boolean;
    readonly description: string;
    readonly example?: unknown;
    /** The properties that only the server sets. They may be given, and are not sent. */
    readonly readOnly?: ReadOnlyProperties;
    /** Whether the body is a file as it is, which the flag `--file` names. */
    readonly isFile?: boolean;
  };
  /** Whether the answer is bytes or text, to be written as they come. */
  readonly isStream?: boolean;
  /** Whether it needs no token. */
  readonly withoutToken?: boolean;
}

/**
 * The read-only properties of an object, by name. `true`: the property itself is read-only. An object: these properties of the object,
 * or of each object in the list, that the property holds. A number: the same as in an enclosing object, that many levels further out; 0
 * is the object that has the property. `*` stands for each property without an entry, as maps have them.
 */
export interface ReadOnlyProperties {
  readonly [name: string]: true | number | ReadOnlyProperties;
}

/** A query parameter, a header or a property of the body, as an option. */
export interface Flag {
  /** With its dashes, such as `--technical-contact-id`. */
  readonly flag: string;
  /** The part of the request that it belongs to. */
  readonly in: "body" | "query" | "headers";
  /** Its name there. */
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly deprecated?: boolean;
  /** How its text is read: `json` for an object or a list, `any` for JSON or else text, `file` for a path. */
  readonly type: "string" | "integer" | "number" | "boolean" | "json" | "any" | "file";
  /** Whether it is a list of items of the type. */
  readonly list: boolean;
  /** Its values, if the document lists them. */
  readonly values?: readonly (string | number)[];
  /** What the server takes if it is not given, if the document says so. */
  readonly default?: unknown;
  /** A value for the help, if it is required. That of a property stands in the example of the body. */
  readonly example?: unknown;
}
