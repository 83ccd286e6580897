import { createTestSigner, type TestSigner } from "../../signing/signer.ts";
import type { Attack } from "../attack.ts";
import type { Material } from "../material.ts";

/** The signature is right, and somebody else's. */
export async function keyAttacks({ attack, otherSigner, id, timestamp, body }: Material): Promise<Attack[]> {
  const signedBy = async (name: string, signer: TestSigner) =>
    attack(name, "signature_mismatch", { signature: await signer.sign({ id, timestamp, body }) });
  return [
    await signedBy("the delivery is signed with a key that nobody knows", await createTestSigner()),
    await signedBy("the delivery is signed with the key of another sender", otherSigner),
  ];
}
