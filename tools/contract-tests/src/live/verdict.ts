import { isRecord } from "../schema.ts";

/** One breach of the document, as Prism names it. */
export interface PrismViolation {
  /** Such as `["response", "body", "events", "0"]`; `["response"]` where it is of the status or the media type. */
  readonly location: readonly string[];
  readonly message: string;
}

/** What Prism thinks of an answer, or of a request that it refused. */
export interface Verdict {
  readonly violations: readonly PrismViolation[];
  /** Why Prism put an answer of its own in place, if it did and lists no violation. */
  readonly problem?: string;
}

/**
 * Reads Prism's verdict from what its proxy answered. Its warnings are none: they are of statuses that the document does
 * not list, which the checks look at by themselves.
 *
 * @param fromPrism What Prism answered.
 * @param fromApi The text that the API answered, which Prism hands on where it has nothing against it.
 */
export function verdictOf(
  fromPrism: { readonly headers: Headers; readonly text: string },
  fromApi: string | undefined,
): Verdict {
  const body = parse(fromPrism.text);
  const isHandedOn = JSON.stringify(body) === JSON.stringify(parse(fromApi ?? ""));
  const isProblem = fromPrism.headers.get("content-type") === "application/problem+json";
  if (!isProblem || isHandedOn || !isRecord(body)) return { violations: [] };
  const { title, detail, validation } = body;
  if (!Array.isArray(validation)) return { violations: [], problem: String(detail || title) };
  return {
    violations: validation.filter(isRecord).map(({ location, message }) => ({
      location: Array.isArray(location) ? location.map(String) : [],
      message: String(message),
    })),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
