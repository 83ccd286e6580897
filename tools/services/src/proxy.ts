import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy before a server, which does to its connections what networks do. */
export interface TcpProxy extends AsyncDisposable {
  /** Where clients connect instead of the server. */
  readonly url: string;
  /** Counts the round trips so far: how often a client has sent something since the server last answered it. */
  readonly roundTrips: () => number;
  /** Resets every connection. */
  cut(): void;
  /** Ends the direction from the server to the client. What the client still sends arrives, and gets no answer. */
  halfClose(): void;
  /** Holds everything back for so many milliseconds. */
  delay(milliseconds: number): Promise<void>;
  /** Loses the answers of the server for so many milliseconds. Then it resets the connections that lost some. */
  swallow(milliseconds: number): Promise<void>;
  /** Resets every connection, and lets none be made for so many milliseconds. */
  partition(milliseconds: number): Promise<void>;
  /** Stops listening, and resets every connection. */
  close(): Promise<void>;
}

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  /** Whether the server has answered since the client last sent something. */
  answered: boolean;
  lostAnswers: boolean;
}

/** Starts a proxy on a free port of this machine, before the server that a URL names. */
export async function startProxy(url: string): Promise<TcpProxy> {
  const target = new URL(url);
  const connections = new Set<Connection>();
  let trips = 0;
  let swallowing = false;
  let partitioned = false;
  let held = 0;

  const reset = (connection: Connection) => {
    connections.delete(connection);
    resetSocket(connection.client);
    resetSocket(connection.server);
  };
  const cut = () => connections.forEach(reset);
  const hold = ({ client, server }: Connection) => {
    client.pause();
    server.pause();
  };

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (partitioned) {
      client.on("error", () => {});
      client.resetAndDestroy();
      return;
    }
    const server = connect({
      port: Number(target.port),
      host: target.hostname,
      allowHalfOpen: true,
      noDelay: true,
    });
    const connection: Connection = { client, server, answered: true, lostAnswers: false };
    connections.add(connection);
    client.on("data", (chunk) => {
      if (connection.answered) trips++;
      connection.answered = false;
      server.write(chunk);
    });
    server.on("data", (chunk) => {
      connection.answered = true;
      if (swallowing) connection.lostAnswers = true;
      if (!swallowing && client.writable) client.write(chunk);
    });
    client.on("end", () => server.end());
    server.on("end", () => client.end());
    for (const socket of [client, server]) {
      socket.on("error", () => reset(connection));
      socket.on("close", () => reset(connection));
    }
    if (held > 0) hold(connection);
  }).listen(0, target.hostname);
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const own = new URL(url);
  own.port = `${address.port}`;

  const close = async () => {
    if (!listener.listening) return;
    listener.close();
    cut();
    await once(listener, "close");
  };
  return {
    url: own.href.replace(/\/$/, ""),
    roundTrips: () => trips,
    cut,
    halfClose() {
      for (const { client } of connections) client.end();
    },
    async delay(milliseconds) {
      held++;
      connections.forEach(hold);
      await sleep(milliseconds);
      if (--held > 0) return;
      for (const { client, server } of connections) {
        client.resume();
        server.resume();
      }
    },
    async swallow(milliseconds) {
      swallowing = true;
      await sleep(milliseconds);
      swallowing = false;
      for (const connection of connections) if (connection.lostAnswers) reset(connection);
    },
    async partition(milliseconds) {
      partitioned = true;
      cut();
      await sleep(milliseconds);
      partitioned = false;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Node never closes a socket that is reset while it connects or ends, and such a socket keeps the process from exiting. */
function resetSocket(socket: Socket): void {
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
