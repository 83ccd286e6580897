/** Prism, which the mock server runs, is not installed: the message names the command that installs it. */
export class MissingPrismError extends Error {
  static {
    this.prototype.name = "MissingPrismError";
  }

  readonly code = "missing_prism";

  constructor(options: { readonly cause: unknown }) {
    super(
      "The mock server needs Prism, which is not installed beside @mindbridge-sdk/testing. Install it: npm install --save-dev @stoplight/prism-cli@5",
      options,
    );
  }
}
