/** What the check of completeness compares: operations by name, such as `webhooks.create`. */
export interface Coverage {
  /** The operations of the document. */
  readonly document: readonly string[];
  /** The methods of the client's resources. */
  readonly client: readonly string[];
  /** The operations that a call was really made of, with the kinds of what was tested. */
  readonly ran: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Finds operations without contract tests, and methods without an operation.
 *
 * @returns One sentence for each gap; none if every operation was called.
 */
export function gaps({ document, client, ran }: Coverage): string[] {
  return [
    ...document.flatMap((operation) => {
      if (!client.includes(operation)) return [`${operation} is in the document, but the client has no such method.`];
      return ran.get(operation)?.has("success")
        ? []
        : [`${operation} has no contract test that calls it with success.`];
    }),
    ...client
      .filter((method) => !document.includes(method))
      .map((method) => `${method} is a method of the client, but not in the document.`),
  ];
}

/** The methods of a client's resources, as `resource.method`. */
export function methodsOf(client: object, exceptFor: readonly string[] = ["api"]): string[] {
  return Object.entries(client).flatMap(([resource, value]) =>
    exceptFor.includes(resource) || typeof value !== "object" || value === null
      ? []
      : Object.keys(value).map((method) => `${resource}.${method}`),
  );
}
