import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Document, generate } from "@mindbridge-sdk/generator";
import { withManyOperations } from "@mindbridge-sdk/generator/many-operations";
import { parse } from "yaml";
import { median, type Row } from "./table.ts";

/** How long it takes to generate from documents of 1, 100 and 1,000 operations more than ours has. */
export async function measureGenerator(): Promise<Row[]> {
  const document: Document = parse(
    readFileSync(fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml")), "utf8"),
  );
  const folder = mkdtempSync(join(tmpdir(), "benchmark-"));
  try {
    const rows: Row[] = [];
    for (const [count, rounds] of [
      [1, 9],
      [100, 7],
      [1000, 3],
    ] as const) {
      const path = join(folder, `${count}.json`);
      writeFileSync(path, JSON.stringify(withManyOperations(document, count)));
      const times: number[] = [];
      let bytes = 0;
      await generate({ document: path });
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        const files = await generate({ document: path });
        times.push(performance.now() - start);
        bytes = [...files.values()].reduce((sum, text) => sum + text.length, 0);
      }
      const time = median(times);
      rows.push({
        "operations added": count,
        ms: time.toFixed(0),
        "ms for each": (time / count).toFixed(2),
        "characters for each": Math.round(bytes / count),
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
