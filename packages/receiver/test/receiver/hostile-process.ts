import { fork } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join } from "node:path";
import { open } from "../adapters/raw-http.ts";

export const MIB = 1_048_576;

/** A receiver in a process of its own, and connections to it that are cut at the end. */
export async function startServer(publicKey: string, maxPendingBytes: number, bodyTimeout = 1_000) {
  const server = fork(
    join(import.meta.dirname, "hostile-server.ts"),
    [publicKey, `${maxPendingBytes}`, `${bodyTimeout}`],
    {
      execArgv: ["--expose-gc"],
    },
  );
  const sockets: Socket[] = [];
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  return {
    sockets,
    url: `http://127.0.0.1:${port}/`,
    /** Opens so many connections. */
    connect(count: number, start: (socket: Socket, index: number) => void) {
      for (let index = 0; index < count; index++) {
        const { socket } = open(port);
        sockets.push(socket);
        start(socket, index);
      }
    },
    /** The most bytes of memory so far, in the heap and outside of it, and of the process; and the refusals by code. */
    async ask() {
      const answered = once(server, "message");
      server.send("how is it?");
      const [answer] = (await answered) as [
        { peak: number; peakOfProcess: number; refusals: Readonly<Record<string, number>> },
      ];
      return answer;
    },
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy();
      server.kill();
    },
  };
}

export const mebibytes = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
