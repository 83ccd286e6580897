import { isScalar, parseDocument } from "yaml";

/** Sets `info.version` in the text of an OpenAPI document, and leaves every other character as it is. */
export function setInfoVersion(text: string, version: string): string {
  const node = parseDocument(text).getIn(["info", "version"], true);
  if (!isScalar(node) || !node.range) {
    throw new Error("The OpenAPI document has no `info.version` to set. Add one, and try again.");
  }
  const [start, end] = node.range;
  return text.slice(0, start) + version + text.slice(end);
}
