// What `--save` keeps, in files that nobody else can read: deliveries hold the data of customers. `NAME.headers` and `NAME.body` are a
// delivery as it came, for `mindbridge verify` and `mindbridge replay`. `NAME.json` is what `listen` told of it, for `--inspect`. A
// delivery that the user has sent again has only that, so that `replay` sends none twice.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../action.ts";
import { UsageError } from "../errors.ts";
import { printableLine } from "../printable.ts";
import { type Header, type ListenRecord, MOST_RECORDS } from "./record.ts";

const OWN = { flag: "wx", mode: 0o600 };

/** Makes the folder, unless it is there, so that nobody else can read it. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new UsageError(`--save: ${printableLine(path)} is a file. Give a folder.`);
    throw new UsageError(`--save: the folder cannot be made: ${(error as Error).message}`, { cause: error });
  }
}

/** Keeps a delivery as it came. */
export async function keepDelivery(
  folder: string,
  name: string,
  { headers, body }: { readonly headers: readonly Header[]; readonly body: Buffer },
): Promise<NonNullable<ListenRecord["saved"]>> {
  const files = { headers: join(folder, `${name}.headers`), body: join(folder, `${name}.body`) };
  const lines = headers.map(([header, value]) => `${header}: ${value}\n`);
  await writeFile(files.headers, lines.join(""), { ...OWN, encoding: "latin1" });
  await writeFile(files.body, body, OWN);
  return files;
}

/** Keeps what `listen` told of a delivery. */
export async function keepRecord(folder: string, record: ListenRecord): Promise<void> {
  await writeFile(join(folder, `${record.name}.json`), JSON.stringify(record), OWN);
}

/** What `listen` told of the deliveries in a folder, the newest first. It says which files cannot be read, and goes on. */
export async function readRecords(folder: string, { output }: Pick<Context, "output">): Promise<ListenRecord[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+-\d+\.json$/.test(name));
  const newest = names
    .toSorted((one, other) => other.localeCompare(one, "en", { numeric: true }))
    .slice(0, MOST_RECORDS);
  const records = newest.map(async (name) => {
    const path = join(folder, name);
    try {
      const record = JSON.parse(await readFile(path, "utf8")) as Partial<ListenRecord> | null;
      if (record?.name === undefined || !Array.isArray(record.headers)) throw new Error("it holds no delivery");
      return [record as ListenRecord];
    } catch (error) {
      output.warn(`${printableLine(path)} is left out: ${printableLine((error as Error).message)}`);
      return [];
    }
  });
  return (await Promise.all(records)).flat();
}
