import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle as bundled, compressedSize } from "@mindbridge-sdk/repository/bundle";
import { CLIENTS, checkPrograms, programOf } from "../clients.ts";
import { createSigner } from "../deliveries.ts";
import { counted, type Section } from "../measure.ts";
import { PEERS } from "../peers.ts";

type Verifier = (keys: {
  publicKey: string;
  secret: string;
}) => (headers: Headers, body: Uint8Array) => Promise<unknown>;

/** Each verifies a delivery, the first one with nothing but WebCrypto. */
const VERIFIERS = {
  "bare WebCrypto": "webcrypto",
  "@mindbridge-sdk/receiver": "mindbridge",
  "@noble/ed25519": "noble",
  standardwebhooks: "standardwebhooks",
  svix: "svix",
} as const;

const verifierOf = (name: string) => join(PEERS, "verifiers", `${name}.js`);

export const bundle: Section = {
  name: "bundle",
  title: "Bundle",
  async measure() {
    await checkPrograms(Object.values(CLIENTS));
    for (const name of Object.values(VERIFIERS)) await checkVerifier(name);
    return [
      counted(
        {
          title: "A call that creates a webhook",
          unit: "B (min+gzip)",
          note:
            "The limit, bare fetch, sends the request and throws one error for every status that is no success: no time-out, no retries, " +
            "no check of options, no other operation. stripe's has its resources, which its bundle cannot leave out.",
        },
        await sizes(CLIENTS, (name) => `export { connect } from ${JSON.stringify(programOf(name))};`),
      ),
      counted(
        {
          title: "Verifying a delivery",
          unit: "B (min+gzip)",
          note:
            "The limit, bare WebCrypto, takes one encoding of a key, and says of a delivery only whether it is genuine. standardwebhooks and " +
            "svix verify with a shared secret, and have no Ed25519.",
        },
        await sizes(VERIFIERS, (name) => `export { verifier } from ${JSON.stringify(verifierOf(name))};`),
      ),
    ];
  },
};

async function sizes(names: Readonly<Record<string, string>>, program: (name: string) => string) {
  const size = async (name: string) =>
    compressedSize(await bundled(program(name), { resolveDir: import.meta.dirname, external }));
  const entries = Object.entries(names).map(async ([title, name]) => [title, await size(name)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** stripe and svix name modules of Node that browsers do without. */
const external = ["node:*", "crypto", "http", "https", "events", "child_process"];

/** @throws {Error} if it does not take what is genuine and refuse what is not. */
async function checkVerifier(name: string): Promise<void> {
  const signer = createSigner();
  const { verifier } = (await import(pathToFileURL(verifierOf(name)).href)) as { verifier: Verifier };
  const verify = verifier(signer);
  const { headers, body } = signer.sign(500, name === "svix" || name === "standardwebhooks" ? "v1" : "v1a");
  await verify(headers, body);
  const forged = Uint8Array.from(body, (byte, index) => (index === 300 ? byte ^ 1 : byte));
  const refused = await verify(headers, forged).then(
    () => false,
    () => true,
  );
  if (!refused) throw new Error(`${name} takes a forged delivery for genuine, so there is nothing to compare.`);
}
