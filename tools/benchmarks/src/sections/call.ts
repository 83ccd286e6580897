import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { BODY, CLIENTS, type Connection, checkPrograms, connect, startApi, stubFetch, TOKEN } from "../clients.ts";
import { counted, type Group, inTurns, rate, type Section } from "../measure.ts";

const ROUNDS = 11;
/** stripe has resources of its own, and sends forms: only its bundle is compared. */
const { stripe: _, ...OVER_STUB } = CLIENTS;
/** undici's own requests know no fetch, so there is none to stub. */
const OVER_LOOPBACK = { ...OVER_STUB, "undici.request": "undici" };

const LIMIT =
  "The limit, bare fetch, sends the request and parses the answer: no time-out, no retries, no check of what comes.";
const LOOPBACK =
  "undici.request is no fetch: it is the client that Node's fetch is made of, without what the standard asks of fetch. Every other row " +
  "calls fetch, and is held back by it. Our client wraps openapi-fetch, and where there is no middleware gives it a plain object " +
  "in place of a Request. Where the two differ by less than half of the rounds do, that is noise.";

export const call: Section = {
  name: "call",
  title: "A call",
  async measure() {
    await checkPrograms(Object.values(OVER_LOOPBACK));
    const stub = { baseUrl: "http://127.0.0.1:9", token: TOKEN, fetch: stubFetch };
    const groups: Group[] = [];
    for (const inFlight of [1, 50])
      groups.push(await speed("a stub of fetch", OVER_STUB, stub, { inFlight, times: 2_000 }));
    const api = await startApi();
    try {
      const loopback = { baseUrl: api.baseUrl, token: TOKEN };
      for (const inFlight of [1, 50])
        groups.push(await speed("loopback", OVER_LOOPBACK, loopback, { inFlight, times: 500 }));
    } finally {
      api.close();
    }
    return [...groups, heap()];
  },
};

async function speed(
  over: string,
  programs: Readonly<Record<string, string>>,
  connection: Connection,
  { inFlight, times }: { inFlight: number; times: number },
): Promise<Group> {
  const connected = Object.entries(programs).map(async ([name, program]) => {
    const create = await connect(program, connection);
    return [name, () => rate(() => create(BODY), { times, inFlight })] as const;
  });
  const title = `Creating a webhook over ${over}, ${inFlight} in flight`;
  return inTurns(
    { title, unit: "calls/s", better: "higher", note: over === "loopback" ? `${LIMIT} ${LOOPBACK}` : LIMIT },
    Object.fromEntries(await Promise.all(connected)),
    ROUNDS,
  );
}

/** What a process runs that counts the memory of calls. */
const HEAP = `
  import { BODY, connect, stubFetch, TOKEN } from ${JSON.stringify(join(import.meta.dirname, "../clients.ts"))};
  const [program] = process.argv.slice(1);
  const create = await connect(program, { baseUrl: "http://127.0.0.1:9", token: TOKEN, fetch: stubFetch });
  for (let warm = 0; warm < 500; warm++) await create(BODY);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let call = 0; call < 500; call++) await create(BODY);
  console.log(Math.round((process.memoryUsage().heapUsed - before) / 500));`;

/** Each in a process of its own, whose garbage is not collected while it counts. */
function heap(): Group {
  const flags = ["--expose-gc", "--max-semi-space-size=256", "--min-semi-space-size=256"];
  const bytes = (program: string) =>
    Number(
      execFileSync(process.execPath, [...flags, "--input-type=module", "--eval", HEAP, program], { encoding: "utf8" }),
    );
  return counted(
    { title: "The memory that a call over a stub of fetch takes until it is collected", unit: "B", note: LIMIT },
    Object.fromEntries(Object.entries(OVER_STUB).map(([name, program]) => [name, bytes(program)])),
  );
}
