/** A problem of the document, and its place. */
export interface Problem {
  readonly file: string;
  /** 1 is the first line. */
  readonly line: number;
  /** 1 is the first column. */
  readonly column: number;
  /** Where it stands, as a JSON Pointer. */
  readonly pointer: string;
  /** The name of the rule that found it. */
  readonly rule: string;
  /** An `error` is refused, a `warning` is only told. */
  readonly severity: "error" | "warning";
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** A line about a problem. */
export function describeProblem({ file, line, column, rule, message, pointer }: Problem): string {
  return `${file}:${line}:${column} ${rule}: ${message} (${pointer})`;
}

/** Thrown if a document has problems. The message has a line for each. */
export class DocumentError extends Error {
  static {
    DocumentError.prototype.name = "DocumentError";
  }
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(describeProblem).join("\n");
    super(`The OpenAPI document has ${problems.length} problem(s). Nothing was written.\n${lines}`);
    this.problems = problems;
  }
}
