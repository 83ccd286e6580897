import { spawnSync } from "node:child_process";
import { median, type Row } from "./table.ts";

const ROUNDS = 15;

const PROGRAMS = {
  "node alone": "",
  "openapi-fetch": 'import "openapi-fetch";',
  "@mindbridge-sdk/contract": 'import "@mindbridge-sdk/contract";',
  "@mindbridge-sdk/client": 'import "@mindbridge-sdk/client";',
  "@mindbridge-sdk/client, and a new MindBridge":
    'import { MindBridge } from "@mindbridge-sdk/client"; new MindBridge({ tenant: "acme", token: "token" });',
  "a touch of fetch's Request": "globalThis.Request;",
};

/** What it costs to import the client. The programs take turns, so that a busy moment hits them all. */
export function measureImports(): Row[] {
  const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, program] of Object.entries(PROGRAMS)) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
        cwd: import.meta.dirname,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
      times[name]?.push(performance.now() - start);
    }
  }
  const base = median(times["node alone"] ?? []);
  return Object.entries(times).map(([name, each]) => ({
    program: name,
    ms: median(each).toFixed(1),
    "more than node alone": (median(each) - base).toFixed(1),
  }));
}
