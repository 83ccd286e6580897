import { decodeBase64 } from "../verify/base64.ts";
import type { Bytes } from "../verify/bytes.ts";

/**
 * The `v1a` signatures of a `webhook-signature` header in any spelling of base64: with the alphabet for URLs, without padding,
 * with spare bits. `verify` takes the canonical one alone.
 */
export function lenientSignatures(header: string): Bytes[] {
  return header.split(" ").flatMap((entry) => {
    const [scheme, encoded = ""] = entry.split(",");
    const signature = decodeBase64(encoded.replaceAll("-", "+").replaceAll("_", "/"));
    return scheme === "v1a" && signature?.length === 64 ? signature : [];
  });
}
