/** What a store answers to a claim. */
export type Claim =
  /** The delivery is ours to handle. `token` is any text. */
  | { readonly status: "claimed"; readonly token: string }
  /** It has been handled. */
  | { readonly status: "done" }
  /** Another claim on it has not ended. */
  | { readonly status: "held" };

/**
 * Remembers, for all processes that share it, which deliveries are being handled and which have been.
 *
 * A claim is a lease: it ends by itself, so a process that died leaves nothing locked. Its token fences: once another
 * process holds the claim, the first token can change nothing. Every method may fail when the store cannot be reached:
 * the receiver then answers 503, and the sender comes again. A store that need not wait can return its answers without promises.
 *
 * `Transaction` is what a handler gets to put its effects into the transaction of a store that has one.
 */
export interface Store<Transaction = undefined> {
  /**
   * Claims a delivery, atomically.
   *
   * @param id Names the delivery: any text.
   * @param lease How long the claim holds, in milliseconds, unless it is renewed.
   */
  claim(id: string, lease: number): Claim | Promise<Claim>;

  /** Lets the claim hold for another `lease` milliseconds from now. Returns `false` if `token` no longer holds it. */
  renew(id: string, token: string, lease: number): boolean | Promise<boolean>;

  /**
   * Marks the delivery as handled, and ends the claim. The receiver repeats a call that failed, since its answer may have
   * been lost on the way: the token that marked a delivery gets `true` again.
   *
   * @returns `false` if `token` no longer holds the claim: nothing is changed.
   */
  done(id: string, token: string): boolean | Promise<boolean>;

  /** Ends the claim, so that the delivery can be claimed again. Returns `false` if `token` no longer holds it. */
  release(id: string, token: string): boolean | Promise<boolean>;

  /**
   * Runs `work` in a transaction and marks the delivery as handled in the same one: both are committed, or neither is.
   * If a store has this method, the receiver calls it instead of {@link done}.
   *
   * @returns `false` if `token` no longer holds the claim: everything is rolled back.
   * @throws What `work` rejected with: everything is rolled back, and the claim is left for `release`.
   */
  transaction?(id: string, token: string, work: (transaction: Transaction) => Promise<void>): Promise<boolean>;
}
