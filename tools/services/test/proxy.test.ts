import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startProxy, type TcpProxy } from "../src/index.ts";

let server: ReturnType<typeof createServer>;
let accepted: Socket[];
let proxy: TcpProxy;
beforeEach(async () => {
  accepted = [];
  // It answers what it is told, in upper case.
  server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on("error", () => {}).on("data", (chunk) => socket.write(`${chunk}`.toUpperCase()));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  proxy = await startProxy(`tcp://127.0.0.1:${port}`);
});
afterEach(async () => {
  await proxy.close();
  for (const socket of accepted) socket.destroy();
  server.close();
});

/** A client of the proxy, with all that it has got and how its connection has ended. */
async function open() {
  const { hostname, port } = new URL(proxy.url);
  const state: { text: string; end: string | undefined } = { text: "", end: undefined };
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on("data", (chunk) => (state.text += `${chunk}`));
  socket.on("end", () => (state.end ??= "end"));
  socket.on("error", ({ message }) => (state.end ??= message));
  await once(socket, "connect");
  return { socket, state };
}

test("passes on what both sides say, and counts the round trips", async () => {
  const { socket, state } = await open();
  socket.write("one ");
  await vi.waitFor(() => expect(state.text).toBe("ONE "));
  socket.write("two ");
  await vi.waitFor(() => expect(state.text).toBe("ONE TWO "));
  expect(proxy.roundTrips()).toBe(2);
  expect(state.end).toBeUndefined();
});

test("cuts connections", async () => {
  const { socket, state } = await open();
  socket.write("one");
  await vi.waitFor(() => expect(state.text).toBe("ONE"));
  proxy.cut();
  await vi.waitFor(() => expect(state.end).toContain("ECONNRESET"));
  expect((await open()).state.end).toBeUndefined();
});

test("half-closes connections: what the client says arrives, and is not answered", async () => {
  const { socket, state } = await open();
  socket.write("one");
  await vi.waitFor(() => expect(state.text).toBe("ONE"));
  proxy.halfClose();
  await vi.waitFor(() => expect(state.end).toBe("end"));
  const arrived = once(accepted[0] as Socket, "data");
  socket.write("two");
  expect(`${await arrived}`).toBe("two");
  expect(state.text).toBe("ONE");
});

test("delays both sides", async () => {
  const { socket, state } = await open();
  const start = performance.now();
  const delayed = proxy.delay(100);
  socket.write("one");
  await delayed;
  await vi.waitFor(() => expect(state.text).toBe("ONE"));
  expect(performance.now() - start).toBeGreaterThan(90);
});

test("swallows answers, and then resets the connections that lost one", async () => {
  const [loser, other] = [await open(), await open()];
  const swallowed = proxy.swallow(100);
  loser.socket.write("one");
  await swallowed;
  await vi.waitFor(() => expect(loser.state).toEqual({ text: "", end: expect.stringContaining("ECONNRESET") }));
  other.socket.write("two");
  await vi.waitFor(() => expect(other.state).toEqual({ text: "TWO", end: undefined }));
});

test("lets no connection be made while the network is partitioned", async () => {
  const { state } = await open();
  const partitioned = proxy.partition(100);
  await vi.waitFor(() => expect(state.end).toContain("ECONNRESET"));
  const endOf = async () => {
    const meanwhile = await open();
    await vi.waitFor(() => expect(meanwhile.state.end).toBeDefined());
    return meanwhile.state.end;
  };
  // The reset may come before or after the client has noticed that it is connected.
  expect(await endOf().catch(String)).toContain("ECONNRESET");
  await partitioned;
  const { socket, state: after } = await open();
  socket.write("one");
  await vi.waitFor(() => expect(after.text).toBe("ONE"));
});
