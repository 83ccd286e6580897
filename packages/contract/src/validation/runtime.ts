// What the generated validators call.

/** The length of a string as JSON Schema counts it: in code points. */
export function codePoints(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index++) {
    // A surrogate pair is one code point. A loop over code points is several times slower.
    if ((text.charCodeAt(index - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(index) & 0xfc00) === 0xdc00) length--;
  }
  return length;
}

/** Whether two JSON values are equal. The order of their keys does not matter. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
