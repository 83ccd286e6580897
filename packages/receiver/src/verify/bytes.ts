/**
 * Bytes as WebCrypto takes them. TypeScript calls that `Uint8Array<ArrayBuffer>` from 5.7 on and `Uint8Array` before: this
 * is either, so that our declarations compile with all of them.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>;
