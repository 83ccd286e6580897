import { signDelivery } from "../../signing/sign-delivery.ts";
import { type Attack, HARMLESS } from "../attack.ts";
import type { Material } from "../material.ts";

/** The id is not the one that was signed, or one that makes what was signed ambiguous. */
export async function idAttacks({ attack, event, signer, id, timestamp, unlessNoKey }: Material): Promise<Attack[]> {
  const other = await signDelivery(event, { signer, timestamp });
  const dotted = `${id}.${timestamp}`;
  const early = timestamp - 1;
  const withDot = await signDelivery(event, { signer, id: dotted, timestamp: early });
  const moved = `${early}.${withDot.body}`;
  const long = await signDelivery(event, { signer, id: "a".repeat(257), timestamp });
  const replaced = (first: string) => (first === "0" ? "1" : "0");
  return [
    attack("the id is another", "signature_mismatch", { id: id.replace(/^./, replaced) }),
    attack("the id is that of another delivery", "signature_mismatch", { id: other.headers["webhook-id"] ?? "" }),
    attack("the signature is that of another delivery", "signature_mismatch", {
      signature: other.headers["webhook-signature"] ?? "",
    }),
    attack("the id is empty", "malformed_header", { id: "" }),
    attack("the id holds a space", "malformed_header", { id: `${id} ${id}` }),
    attack(
      "the id is longer than 256 characters, and signed",
      "malformed_header",
      {
        id: long.headers["webhook-id"] ?? "",
        signature: long.headers["webhook-signature"] ?? "",
      },
      HARMLESS,
    ),
    // Where the dot between the parts stands is not signed: `a.b` and `c` are signed as `a` and `b.c` are. Only a sender whose
    // ids hold dots makes what can be read in both ways.
    attack(
      "the id holds a dot, and is signed",
      "malformed_header",
      {
        id: dotted,
        timestamp: `${early}`,
        signature: withDot.headers["webhook-signature"] ?? "",
      },
      HARMLESS,
    ),
    attack(
      "bytes are moved from the id to the timestamp, and from there to the body",
      unlessNoKey("invalid_body", moved),
      {
        body: moved,
        signature: withDot.headers["webhook-signature"] ?? "",
      },
      HARMLESS,
    ),
  ];
}
