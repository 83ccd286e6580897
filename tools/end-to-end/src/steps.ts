import { styleText } from "node:util";

interface Step {
  readonly who: string;
  readonly what: string;
  readonly seconds: number;
  readonly failure?: string;
}

/** Steps of work that are reported as they end, and again in a table. */
export class Steps {
  readonly #steps: Step[] = [];

  /** Does one step. Returns whether it succeeded. */
  async run(who: string, what: string, work: () => Promise<unknown>): Promise<boolean> {
    const start = performance.now();
    const failure = await work().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const seconds = (performance.now() - start) / 1000;
    this.#steps.push({ who, what, seconds, ...(failure !== undefined && { failure }) });
    const mark = failure === undefined ? styleText("green", "ok") : styleText("red", "failed");
    console.log(`${mark} ${who}: ${what} (${seconds.toFixed(1)} s)`);
    return failure === undefined;
  }

  /** Prints a row for each user, and the failures in full. Returns the exit code: 1 if a step failed, or if there was no more than one. */
  report(): 0 | 1 {
    const failed = this.#steps.filter(({ failure }) => failure !== undefined);
    console.log("\n| who | what, and its seconds | seconds | result |\n| --- | --- | --- | --- |");
    for (const [who, own] of Map.groupBy(this.#steps, (step) => step.who)) {
      const what = own.map((step) => `${step.what} ${step.seconds.toFixed(0)}`).join(", ");
      const seconds = own.reduce((sum, step) => sum + step.seconds, 0).toFixed(0);
      console.log(`| ${who} | ${what} | ${seconds} | ${own.some((step) => failed.includes(step)) ? "failed" : "ok"} |`);
    }
    console.log(`\n${this.#steps.length} steps in ${(performance.now() / 60_000).toFixed(1)} minutes.`);
    for (const { who, what, failure } of failed) console.log(styleText("red", `\n${who}: ${what}\n`) + failure);
    return this.#steps.length > 1 && failed.length === 0 ? 0 : 1;
  }
}
