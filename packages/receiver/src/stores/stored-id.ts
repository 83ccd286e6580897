/**
 * The id of a delivery as it can stand in any store. Postgres takes no NUL in a text and at most 2,704 bytes in an index,
 * and what is no Unicode is replaced on its way to a server, so that ids would be confused: of such an id, the hash.
 */
export async function storedId(id: string): Promise<string> {
  if (id.length <= 512 && !/[\0\ud800-\udfff]/.test(id)) return id;
  // As JSON, what is no Unicode is escaped.
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(id)));
  return `sha256:${Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
