import { fork } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flood, head, open } from "../adapters/raw-http.ts";
import { createSigner } from "./support.ts";

const MIB = 1_048_576;
const SILENT = 2_000;
/** The bound on all bodies together, in bytes. */
const PENDING = 4 * MIB;

test("whatever strangers send, memory stays bounded, and honest deliveries get through", async () => {
  const signer = createSigner();
  const server = fork(join(import.meta.dirname, "hostile-server.ts"), [signer.publicKey, `${PENDING}`], {
    execArgv: ["--expose-gc"],
  });
  const sockets: Socket[] = [];
  const ask = async <Answer>(): Promise<Answer> => {
    const answered = once(server, "message");
    server.send("how is it?");
    const [answer]: Answer[] = await answered;
    return answer as Answer;
  };
  try {
    const [{ port }] = (await once(server, "message")) as [{ port: number }];
    const connect = () => {
      const { socket } = open(port);
      sockets.push(socket);
      return socket;
    };
    const headers = () => signer.deliver().headers;
    const many = (count: number, start: (socket: Socket, index: number) => void) => {
      for (let index = 0; index < count; index++) start(connect(), index);
    };

    // Connections that say nothing.
    many(SILENT, () => {});
    // Bodies that stop one byte before their end: 240 MiB of them.
    many(240, (socket) => {
      socket.write(head({ ...headers(), "content-length": `${MIB}` }));
      socket.write(Buffer.alloc(MIB - 1, "a"));
    });
    // Bodies without end.
    many(20, (socket) => {
      socket.write(head({ ...headers(), "transfer-encoding": "chunked" }));
      flood(socket, `1000\r\n${"a".repeat(0x1000)}\r\n`);
    });
    // Bodies that come byte by byte.
    many(50, (socket) => {
      socket.write(head({ ...headers(), "content-length": `${MIB}` }));
      const drip = setInterval(() => socket.write("a"), 20);
      socket.once("close", () => clearInterval(drip));
    });
    // No HTTP at all.
    many(100, (socket, index) => socket.write(Buffer.alloc(10_000, 128 + index)));

    const statuses = new Set<number>();
    for (let round = 0; round < 15; round++) {
      const deliveries = Array.from({ length: 8 }, () => signer.deliver({ type: "new", data: "a".repeat(2_000) }));
      const answers = await Promise.all(deliveries.map((each) => fetch(`http://127.0.0.1:${port}/`, each)));
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses]).toEqual([204]);

    // Nothing of it is left waiting: all but the silent ones get their answer, or have their connection closed.
    await expect.poll(() => sockets.slice(SILENT).every((socket) => socket.closed), { timeout: 5_000 }).toBe(true);
    const { peak, refusals } = await ask<{ peak: number; refusals: { overloaded?: number } }>();
    // Each of the 310 that had a head was told why, and most to make room.
    expect(Object.values(refusals).reduce((sum, count) => sum + count, 0)).toBe(310);
    expect(refusals.overloaded).toBeGreaterThan(20);
    // Without the bound on all bodies together it was 186 MiB; with it, 20 to 70, by how soon buffers are collected.
    expect(peak, `${Math.round(peak / MIB)} MiB at the most`).toBeLessThan(128 * MIB);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.kill();
  }
  // A busy machine takes ten times as long.
}, 180_000);
