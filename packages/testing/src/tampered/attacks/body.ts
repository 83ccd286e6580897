import { type Attack, HARMLESS } from "../attack.ts";
import type { Material } from "../material.ts";

/** The body is not the one that was signed. */
export function bodyAttacks({ attack, body, event, unlessNoKey }: Material): Attack[] {
  const change = (name: string, changed: string, options?: typeof HARMLESS) =>
    attack(name, unlessNoKey("signature_mismatch", changed), { body: changed }, options);
  return [
    change("the body has a field more", `${body.slice(0, -1)},"isAdmin":true}`),
    change(
      "a byte of the body is another",
      body.replace(/[a-z0-9]/i, (first) => (first === "x" ? "y" : "x")),
    ),
    change("the body is formatted anew", JSON.stringify(event, undefined, 2)),
    change("the body has a newline at the end", `${body}\n`),
    change("the body has a space before it", ` ${body}`),
    // Decoders of UTF-8 leave it out, so that the text is the one that was signed.
    change("the body has a byte order mark", `\uFEFF${body}`, HARMLESS),
    change("the body is cut short", body.slice(0, -1)),
    change("the body comes twice", body + body),
    change("the body is empty", ""),
  ];
}
