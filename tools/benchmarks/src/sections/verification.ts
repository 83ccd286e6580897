import { verify as verifySync } from "node:crypto";
import { verify } from "@mindbridge-sdk/receiver";
import { partsOf } from "../by-hand.ts";
import { createSigner } from "../deliveries.ts";
import { type Group, inTurns, rate, type Section } from "../measure.ts";
import { loadPeer } from "../peers.ts";

const ROUNDS = 25;
/** The least of the work: it takes a delivery, and not the bytes that were signed. */
const BY_HAND = "WebCrypto by hand";
const NOTE =
  "The limit, WebCrypto by hand, takes a delivery: it finds the signature and the time in the headers, copies the bytes that were signed, " +
  "verifies and parses the JSON. It leaves out to check the form of each header and the kind of the key, and to say why a " +
  "delivery is refused. crypto.subtle.verify, crypto.verify and @noble/ed25519 are given the bytes that were signed, which is less than the work. " +
  "crypto.verify is synchronous: it saves the way to another thread and back, and while it works, the process does nothing else.";
const SIZES = { "0.5 KB": 512, "10 KB": 10_240, "1 MB": 1_048_576 };

export const verification: Section = {
  name: "verification",
  title: "Verification",
  async measure() {
    const noble = await loadPeer<{ verifyAsync: VerifyAsync }>("@noble/ed25519");
    const signer = createSigner();
    const { publicKey, keyObject } = signer;
    const spki = new Uint8Array(keyObject.export({ format: "der", type: "spki" }));
    const key = await crypto.subtle.importKey("spki", spki, "Ed25519", false, ["verify"]);
    const groups: Group[] = [];
    for (const [size, bytes] of Object.entries(SIZES)) {
      const { headers, body, content, signature } = signer.sign(bytes);
      const work = {
        "crypto.subtle.verify": () => crypto.subtle.verify("Ed25519", key, signature, content),
        "crypto.verify": async () => verifySync(null, content, keyObject, signature),
        [BY_HAND]: async () => {
          const parts = partsOf((name) => headers.get(name), body);
          if (!parts || !(await crypto.subtle.verify("Ed25519", key, parts.signature, parts.content))) return false;
          return JSON.parse(Buffer.from(body).toString()).type !== undefined;
        },
        "@mindbridge-sdk/receiver": async () => (await verify({ headers, body }, { keys: publicKey })).known,
        ...(bytes < 1_000 && {
          "@noble/ed25519": () => noble.verifyAsync(signature, content, spki.subarray(-32)),
        }),
      };
      for (const [name, verifies] of Object.entries(work)) {
        if (!(await verifies())) throw new Error(`${name} refuses a genuine delivery, so there is nothing to compare.`);
      }
      for (const inFlight of [1, 16]) {
        const times = (name: string) =>
          Math.ceil((name.startsWith("@noble") ? 20_000 : 160_000) / (bytes + 512)) + inFlight;
        const rounds = Object.entries(work).map(
          ([name, verifies]) => [name, () => rate(verifies, { times: times(name), inFlight })] as const,
        );
        groups.push(
          await inTurns(
            {
              title: `A delivery of ${size}, ${inFlight} in flight`,
              unit: "deliveries/s",
              better: "higher",
              limit: BY_HAND,
              note: NOTE,
            },
            Object.fromEntries(rounds),
            ROUNDS,
          ),
        );
      }
    }
    return groups;
  },
};

type VerifyAsync = (signature: Uint8Array, content: Uint8Array, key: Uint8Array) => Promise<boolean>;
