import { MindBridge } from "@mindbridge-sdk/client";
import * as receiver from "@mindbridge-sdk/receiver";
import { diagnose } from "@mindbridge-sdk/receiver/diagnose";
import { recoverDeliveries } from "@mindbridge-sdk/receiver/recover";
import { createTestSigner, deliveries, signDelivery, tampered } from "@mindbridge-sdk/testing";
import { examineEndpoint } from "@mindbridge-sdk/testing/examine";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { check, equal } from "../../../../packages/client/test/behaviour/support.ts";

const URL = "https://hooks.example.com/mindbridge";

/** One behaviour. It throws where the runtime behaves in another way. */
export interface ReceiverCase {
  readonly name: string;
  run(): Promise<void>;
}

/** The `code` of the error that a promise rejects with. */
async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "none: it was accepted",
    (error: unknown) => (error instanceof receiver.DeliveryError ? error.code : String(error)),
  );
}

/** The known answer that is published with Standard Webhooks for `v1a`. */
const KNOWN = {
  key: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
  },
  body: '{"test": 2432232314}',
};
/** Points of small order: in some runtimes, anything verifies under such a key. */
const SMALL_ORDER = [`AQ${"A".repeat(41)}=`, `${"A".repeat(43)}=`, `7P${"/".repeat(39)}38=`];

/** How deliveries are verified and received, in any runtime. */
export const receiverCases: readonly ReceiverCase[] = [
  {
    name: "the known answer of v1a verifies, and another byte in it does not",
    async run() {
      const options = { keys: KNOWN.key, now: () => 1_614_265_330_000 };
      const delivery = await receiver.verify(KNOWN, options);
      equal([delivery.known, delivery.id], [false, KNOWN.headers["webhook-id"]], "delivery");
      const forged = { ...KNOWN, body: KNOWN.body.replace("4", "5") };
      equal(await codeOf(receiver.verify(forged, options)), "signature_mismatch", "code");
    },
  },
  {
    name: "a delivery verifies with its key in every encoding, as headers of both kinds and as a Request",
    async run() {
      const signer = await createTestSigner();
      const raw = signer.publicKey.slice("whpk_".length);
      const url = raw.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
      const bytes = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
      const spki = btoa(String.fromCharCode(...bytes) + atob(raw));
      const pem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`;
      const jwk = { kty: "OKP", crv: "Ed25519", x: url };
      const event = deliveries.analysisCompleted();
      const signed = await signDelivery(event, { signer });
      for (const keys of [signer.publicKey, raw, url, spki, pem, jwk, [KNOWN.key, raw], { [event.senderId]: raw }]) {
        for (const sent of [
          signed,
          { headers: new Headers(signed.headers), body: new TextEncoder().encode(signed.body) },
          signed.toRequest(URL),
        ]) {
          const delivery = await receiver.verify(sent, { keys });
          equal([delivery.known, delivery.type], [true, "analysis.completed"], "delivery");
        }
      }
    },
  },
  {
    name: "every attack is refused with the right code",
    async run() {
      const signer = await createTestSigner();
      const attacks = await tampered({ event: deliveries.analysisCompleted(), signer });
      check(attacks.length >= 20, "there are at least 20");
      const expected = attacks.map(({ name, code }) => `${name}: ${code}`);
      const actual: string[] = [];
      for (const { name, delivery } of attacks) {
        actual.push(`${name}: ${String(await codeOf(receiver.verify(delivery, { keys: signer.publicKey })))}`);
      }
      equal(actual, expected, "codes");
    },
  },
  {
    name: "keys of small order and the published test key are refused",
    async run() {
      const signer = await createTestSigner({ publishedTestKey: true });
      const signed = await signDelivery(deliveries.analysisFailed(), { signer });
      for (const keys of [...SMALL_ORDER, signer.publicKey]) {
        equal(await codeOf(receiver.verify(signed, { keys })), "invalid_key", keys);
      }
      const { known } = await receiver.verify(signed, { keys: signer.publicKey, allowTestKey: true });
      check(known, "it is known");
    },
  },
  {
    name: "diagnose names what a body has been turned into",
    async run() {
      const signer = await createTestSigner();
      const event = deliveries.analysisCompleted({ data: { analysisId: "Café – 日本" } });
      const { headers, body } = await signDelivery(event, { signer });
      const bytes = new TextEncoder().encode(body);
      const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
      const utf16 = new DataView(new ArrayBuffer(body.length * 2));
      for (let i = 0; i < body.length; i++) utf16.setUint16(i * 2, body.charCodeAt(i));
      const bodies: readonly (readonly [string, Uint8Array | string])[] = [
        ["body-encoded", new Uint8Array(await new Response(compressed).arrayBuffer())],
        ["body-encoded", btoa(String.fromCharCode(...bytes))],
        ["wrong-charset", new Uint8Array(utf16.buffer)],
        ["body-reserialised", JSON.stringify(event, null, 2)],
        ["newline-added", `${body}\n`],
      ];
      for (const [cause, changed] of bodies) {
        const diagnosis = await diagnose({ headers, body: changed }, { keys: signer.publicKey });
        const found = diagnosis.verified ? [] : diagnosis.causes.map(({ name }) => name);
        equal(found, [cause], "causes");
      }
    },
  },
  {
    name: "a receiver handles each delivery once, a forged one never, and one that failed again",
    async run() {
      const signer = await createTestSigner();
      const handled: string[] = [];
      const logged: string[] = [];
      const log = ({ line }: receiver.LogEntry) => void logged.push(line);
      const { fetch } = receiver
        .createReceiver({ keys: signer.publicKey, store: receiver.memoryStore(), log })
        .on("analysis.completed", ({ data }) => {
          handled.push(data.analysisId);
          if (handled.length === 1) throw new Error("The first one fails.");
        });
      const other = await createTestSigner();
      const event = deliveries.analysisCompleted({ data: { analysisId: "a1" } });
      const signed = await signDelivery(event, { signer });
      const forged = await signDelivery(event, { signer: other });
      const statuses: number[] = [];
      for (const each of [forged, signed, signed, signed]) statuses.push((await fetch(each.toRequest(URL))).status);
      equal(statuses, [401, 500, 204, 204], "statuses");
      equal(handled, ["a1", "a1"], "handled");
      const codes = logged.map((line) => line.split(",")[0]);
      equal(codes, ["[mindbridge] 401 signature_mismatch", "[mindbridge] 500 handler"], "logged");
    },
  },
  {
    name: "a delivery goes through a queue into its handler, within what use is given, once, until the receiver is closed",
    async run() {
      const signer = await createTestSigner();
      const seen: string[] = [];
      const queue: string[] = [];
      const both = receiver
        .createReceiver({ keys: signer.publicKey, store: receiver.memoryStore() })
        .use(async (_delivery, next) => {
          seen.push("before");
          await next();
          seen.push("after");
        })
        .on("analysis.completed", ({ attemptedAt }) => seen.push(typeof attemptedAt.getTime()))
        .enqueue((delivery) => queue.push(JSON.stringify(delivery)));
      const signed = await signDelivery(deliveries.analysisCompleted(), { signer });
      equal((await both.fetch(signed.toRequest(URL))).status, 204, "status");
      const work = () => both.handleQueued(JSON.parse(queue[0] ?? ""));
      await work();
      await work();
      equal(seen, ["before", "after", "before", "number", "after"], "seen");
      await both[Symbol.asyncDispose]();
      equal(await work().catch(({ code }) => code), "closing", "code");
    },
  },
  {
    name: "examineEndpoint finds no mistake in a receiver, and the one of an endpoint that verifies nothing",
    async run() {
      const signer = await createTestSigner();
      const right = receiver
        .createReceiver({ keys: signer.publicKey, store: receiver.memoryStore(), log: false })
        .onUnknown(() => {});
      for (const [handle, mistakes] of [
        [right.fetch, []],
        [() => new Response(null, { status: 204 }), ["no-verification"]],
      ] as const) {
        const examined = await examineEndpoint({ handle, signer });
        const found = examined.mistakes.map(({ name }) => name);
        equal([examined.passed, found], [mistakes.length === 0, mistakes], "examined");
      }
    },
  },
  {
    name: "what a receiver missed is recovered from the event logs, once",
    async run() {
      const api = createTestApi({ endpoint: () => new Response(null, { status: 503 }) });
      const mindbridge = new MindBridge({ tenant: "acme", token: "any-token", fetch: api.fetch });
      const webhook = await mindbridge.webhooks.create({
        name: "Close the books",
        url: URL,
        technicalContactId: "1",
        events: ["ANALYSIS_COMPLETE"],
        status: "ACTIVE",
      });
      await api.deliver("analysis.completed");
      await api.deliver("analysis.completed");
      const handled: string[] = [];
      const { recover } = receiver
        .createReceiver({ keys: webhook.publicKey, store: receiver.memoryStore() })
        .on("analysis.completed", ({ id }) => void handled.push(id));
      for (const outcome of ["recovered", "already-handled"] as const) {
        const { counts } = await recoverDeliveries(mindbridge, { recover }, { webhookId: webhook.id });
        equal(counts[outcome], 2, outcome);
      }
      equal(new Set(handled).size, 2, "handled");
    },
  },
];
