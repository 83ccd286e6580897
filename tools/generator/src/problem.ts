/** One thing that is wrong with the document, and where. */
export interface Problem {
  readonly file: string;
  /** 1 is the first line. */
  readonly line: number;
  /** 1 is the first column. */
  readonly column: number;
  /** The name of the rule that found it. */
  readonly rule: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Thrown where the document cannot be generated from. Its message lists every problem, a line each. */
export class DocumentError extends Error {
  static {
    DocumentError.prototype.name = "DocumentError";
  }
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(
      ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule}: ${message}`,
    );
    super(`The OpenAPI document has ${problems.length} problem(s). Nothing was written.\n${lines.join("\n")}`);
    this.problems = problems;
  }
}
