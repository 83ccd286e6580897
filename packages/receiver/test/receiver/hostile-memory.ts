/**
 * Prints how much memory a receiver takes under 4,000 half heads and 500 slow bodies. Not a test, since it takes a minute:
 * `node packages/receiver/test/receiver/hostile-memory.ts`.
 */
import { head } from "../adapters/raw-http.ts";
import { MIB, mebibytes, startServer } from "./hostile-process.ts";
import { createSigner } from "./support.ts";

const signer = createSigner();
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

using server = await startServer(signer.publicKey, 64 * MIB, 10_000);

async function report(when: string): Promise<void> {
  const started = performance.now();
  const { status } = await fetch(server.url, signer.deliver({ type: "new" }));
  const answered = Math.round(performance.now() - started);
  await wait(1_000);
  const { peak, peakOfProcess, refusals } = await server.ask();
  console.log(
    `${when}: ${mebibytes(peak)} of bytes and heap at the most, ${mebibytes(peakOfProcess)} of the process;`,
    `an honest delivery got ${status} in ${answered} ms; refused:`,
    refusals,
  );
}

await report("at first");
server.connect(4_000, (socket) => socket.write("POST / HTTP/1.1\r\nhost: localhost\r\nwebhook-id: "));
await wait(10_000);
await report("with 4,000 half heads");
// Each begins with 200 kB, which are 100 MB in all, and goes on byte by byte.
server.connect(500, (socket) => {
  socket.write(head({ ...signer.deliver().headers, "content-length": `${MIB}` }));
  socket.write(Buffer.alloc(200_000, "a"));
  const drip = setInterval(() => socket.write("a"), 100);
  socket.once("close", () => clearInterval(drip));
});
await wait(20_000);
await report("with 500 slow bodies besides");
process.exit();
