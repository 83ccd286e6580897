import { expect, test } from "vitest";
import { flood, head } from "../adapters/raw-http.ts";
import { MIB, mebibytes, startServer } from "./hostile-process.ts";
import { createSigner } from "./support.ts";

const SILENT = 2_000;
/** The bound on all bodies together, in bytes. */
const PENDING = 4 * MIB;

test("whatever strangers send, memory stays bounded, and honest deliveries get through", async () => {
  const signer = createSigner();
  using server = await startServer(signer.publicKey, PENDING);
  const { sockets, connect } = server;
  const headers = () => signer.deliver().headers;

  // Connections that say nothing.
  connect(SILENT, () => {});
  // Bodies that stop one byte before their end: 240 MiB of them.
  connect(240, (socket) => {
    socket.write(head({ ...headers(), "content-length": `${MIB}` }));
    socket.write(Buffer.alloc(MIB - 1, "a"));
  });
  // Bodies without end.
  connect(20, (socket) => {
    socket.write(head({ ...headers(), "transfer-encoding": "chunked" }));
    flood(socket, `1000\r\n${"a".repeat(0x1000)}\r\n`);
  });
  // Bodies that come byte by byte.
  connect(50, (socket) => {
    socket.write(head({ ...headers(), "content-length": `${MIB}` }));
    const drip = setInterval(() => socket.write("a"), 20);
    socket.once("close", () => clearInterval(drip));
  });
  // Bytes that are not HTTP.
  connect(100, (socket, index) => socket.write(Buffer.alloc(10_000, 128 + index)));

  const statuses = new Set<number>();
  for (let round = 0; round < 15; round++) {
    const deliveries = Array.from({ length: 8 }, () => signer.deliver({ type: "new", data: "a".repeat(2_000) }));
    const answers = await Promise.all(deliveries.map((each) => fetch(server.url, each)));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([204]);

  // Nothing is left waiting: all but the silent ones get their answer, or have their connection closed.
  await expect.poll(() => sockets.slice(SILENT).every((socket) => socket.closed), { timeout: 5_000 }).toBe(true);
  const { peak, refusals } = await server.ask();
  // Each of the 310 that had a head was told why, and most to make room.
  expect(Object.values(refusals).reduce((sum, count) => sum + count, 0)).toBe(310);
  expect(refusals.overloaded).toBeGreaterThan(20);
  // Without the bound on all bodies together it was 186 MiB; with it, 20 to 70, by how soon buffers are collected.
  expect(peak, `${mebibytes(peak)} at the most`).toBeLessThan(128 * MIB);
  // A busy machine takes ten times as long.
}, 180_000);
