import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createTestSigner,
  deliveries,
  signDelivery,
  type TamperedDelivery,
  tampered,
} from "../../testing/src/index.ts";
import { createReceiver, memoryStore, verify } from "../src/index.ts";
import { frameworks, type Running } from "./adapters/frameworks.ts";
import { noting } from "./receiver/support.ts";

const event = deliveries.analysisCompleted();
const [signer, otherSigner] = await Promise.all([createTestSigner(), createTestSigner()]);
/** A sender of its own for each, so that one cannot vouch for the other. */
const keys = { [event.senderId]: signer.publicKey, "another sender": otherSigner.publicKey };
const attacks = await tampered({ event, signer, otherSigner });
const attacksOnOneKey = await tampered({ event, signer });
const genuine = () => signDelivery(event, { signer });

describe("verify", () => {
  test("takes the genuine delivery", async () => {
    const delivery = await genuine();
    await expect(verify(delivery, { keys })).resolves.toMatchObject({ known: true, ...event });
    await expect(verify(delivery.toRequest("https://example.com"), { keys })).resolves.toMatchObject({ known: true });
  });

  describe.each([
    ["with keys by sender", keys, attacks],
    ["with one key", signer.publicKey, attacksOnOneKey],
  ])("%s", (_how, ownKeys, ownAttacks) => {
    test.each(ownAttacks)("refuses it where $name ($code)", async ({ delivery, code }) => {
      await expect(verify(delivery, { keys: ownKeys })).rejects.toMatchObject({ code });
      const sent = delivery.toRequest("https://example.com");
      await expect(verify(sent, { keys: ownKeys })).rejects.toMatchObject({ code });
    });
  });
});

/** Sends a delivery over a connection of its own: a line for each string of an array. */
function send(url: string, { headers, body }: Pick<TamperedDelivery, "headers" | "body">) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sent.on("error", reject).end(body);
  });
}

describe.each(Object.entries(frameworks))("%s", (_name, start) => {
  const { hooks, notes } = noting();
  const receiver = createReceiver({ keys, store: memoryStore(), hooks }).on("analysis.completed", () => {});
  let server: Running;
  beforeAll(async () => {
    server = await start(receiver);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test("refuses each attack over a socket, and takes the genuine delivery after them", async () => {
    const answers: object[] = [];
    for (const { name, delivery } of attacks) answers.push({ name, ...(await send(server.url, delivery)) });
    expect(answers).toEqual(
      attacks.map(({ name, code, status }) => ({ name, status, text: JSON.stringify({ code }) })),
    );
    expect(notes).toEqual(attacks.map(({ code, status }) => `refused ${code} ${status}`));
    expect(await send(server.url, await genuine())).toEqual({ status: 204, text: "" });
    expect(notes.slice(attacks.length)).toEqual(["received", "handled"]);
  });
});
