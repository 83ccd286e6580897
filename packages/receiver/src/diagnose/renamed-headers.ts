import { type HeadersInput, header } from "../verify/headers.ts";
import { ID, SIGNATURE, TIMESTAMP } from "../verify/signature-scheme.ts";
import type { Finding } from "./variant.ts";

/** Says under which other names headers are there that are missing: those of CGI, of programs, and of other libraries. */
export function renamedHeaders(headers: HeadersInput): Finding | undefined {
  const renamed = [ID, TIMESTAMP, SIGNATURE].flatMap((name) => {
    if (isThere(headers, name)) return [];
    const word = name.replace("-", "_");
    const others = [
      word,
      `http_${word}`,
      `http-${name}`,
      `x-${name}`,
      name.replace("-", ""),
      name.replace("webhook", "svix"),
    ];
    const other = others.find((each) => isThere(headers, each));
    return other === undefined ? [] : `${name} as ${other}`;
  });
  if (renamed.length === 0) return undefined;
  return { accident: "header-renamed", explanation: `Headers are there under other names: ${renamed.join(", ")}.` };
}

function isThere(headers: HeadersInput, name: string): boolean {
  try {
    return header(headers, name) !== "";
  } catch {
    // It is missing, or came twice, which is another matter.
    return false;
  }
}
