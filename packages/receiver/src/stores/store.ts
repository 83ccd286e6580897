/**
 * Remembers which deliveries are being handled and which have been, for all processes that share it.
 *
 * A claim is a lease: it ends by itself, so that a process that died leaves nothing locked. Its token fences: once
 * another process holds the claim, the token of the first changes nothing any more. Every method may reject where the
 * store cannot be reached; the receiver then answers 503, and the sender comes again.
 *
 * `Transaction` is what handlers get to put their effects into the transaction of a store that has one.
 */
export interface Store<Transaction = undefined> {
  /**
   * Takes the claim on a delivery, atomically.
   *
   * @param id Names the delivery: any text.
   * @param lease How long the claim holds, in milliseconds, unless it is renewed.
   * @returns The token of the claim (any text but these two); `"done"` where the delivery has been handled; `"held"`
   * where another claim on it has not ended.
   */
  claim(id: string, lease: number): Promise<string>;

  /** Lets the claim hold for another `lease` milliseconds from now. `false` where `token` no longer holds it. */
  renew(id: string, token: string, lease: number): Promise<boolean>;

  /** Marks the delivery as handled, and ends the claim. `false`, and nothing is changed, where `token` no longer holds it. */
  done(id: string, token: string): Promise<boolean>;

  /** Ends the claim, so that the delivery can be claimed again. `false` where `token` no longer holds it. */
  release(id: string, token: string): Promise<boolean>;

  /**
   * Runs `work` in a transaction, and marks the delivery as handled in the same one: both are there, or neither is.
   * Where a store has this method, the receiver calls it in place of {@link done}.
   *
   * @returns `false` where `token` no longer holds the claim: all is rolled back.
   * @throws What `work` rejected with, rolled back. The claim is left for `release`.
   */
  transaction?(id: string, token: string, work: (transaction: Transaction) => Promise<void>): Promise<boolean>;
}
