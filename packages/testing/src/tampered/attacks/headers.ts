import { toBase64 } from "../../signing/encoding.ts";
import { type Attack, type Change, HARMLESS } from "../attack.ts";
import type { Material } from "../material.ts";

/** A header is missing, comes twice, or is huge. */
export function headerAttacks({ attack, id, timestamp, signature }: Material): Attack[] {
  const forged = `v1a,${toBase64(new Uint8Array(64))}`;
  const missing = (name: string, change: Change) => attack(`${name} is missing`, "missing_header", change);
  // Whoever takes the first of two, and whoever takes the last, would see different deliveries. To an endpoint that takes the
  // same one throughout, it is a genuine one or has no right signature.
  const twice = (name: string, change: Change) => attack(`${name} comes twice`, "malformed_header", change, HARMLESS);
  return [
    missing("the id", { id: null }),
    missing("the timestamp", { timestamp: null }),
    missing("the signature", { signature: null }),
    twice("the id", { id: [id, "000000000000000000000000"] }),
    twice("the same id", { id: [id, id] }),
    twice("the timestamp", { timestamp: [`${timestamp}`, `${timestamp - 1}`] }),
    twice("the same timestamp", { timestamp: [`${timestamp}`, `${timestamp}`] }),
    twice("the signature", { signature: [forged, signature] }),
    attack("the same signature comes twice, and the body is another", "malformed_header", {
      signature: [signature, signature],
      body: "{}",
    }),
    attack("the id has 5,000 characters", "malformed_header", { id: "a".repeat(5000) }),
  ];
}
