import { live } from "../../src/live/live.ts";
import type { LiveReport } from "../../src/live/report.ts";
import type { Environment } from "../../src/live/settings.ts";
import type { ClientClass } from "../../src/run-case.ts";
import { writePublishedDocument } from "../published-document.ts";
import { EVENT_ID, TOKEN, WEBHOOK_ID } from "./upstream.ts";

const document = await writePublishedDocument();

/** What to read, for the upstream of these tests. */
export const IDS = { MINDBRIDGE_TEST_WEBHOOK_ID: WEBHOOK_ID, MINDBRIDGE_TEST_WEBHOOK_EVENT_ID: EVENT_ID };

export interface Ran {
  readonly exitCode: number;
  readonly output: string;
  /** The report as it was saved; "" if none was. */
  readonly json: string;
  readonly report: LiveReport;
}

/** Runs the command against an API of this machine. */
export async function runAgainst(
  url: string,
  env: Environment = IDS,
  { onOutput, client }: { onOutput?: (output: string) => void; client?: ClientClass } = {},
): Promise<Ran> {
  let output = "";
  let json = "";
  const exitCode = await live({
    document,
    ...(client === undefined ? {} : { client }),
    env: { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: TOKEN, ...env },
    write(text) {
      output += text;
      onOutput?.(output);
    },
    async save(report) {
      json = report;
    },
  });
  return { exitCode, output, json, report: (json === "" ? {} : JSON.parse(json)) as LiveReport };
}
