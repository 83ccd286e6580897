import type { Level } from "./level.ts";

/**
 * Whom a change meets:
 * - `request`: what users send with a call, its parameters included,
 * - `response`: what a call gives them,
 * - `delivery`: what MindBridge sends to them,
 * - `answer`: what their receiver answers to a delivery,
 * - `name`: what they write in their code to get at it,
 * - `address`: where the API is,
 * - `security`: how a call or a delivery is authenticated,
 * - `documentation`: what they read.
 */
export type Direction =
  | "request"
  | "response"
  | "delivery"
  | "answer"
  | "name"
  | "address"
  | "security"
  | "documentation";

/** One thing that has changed, and what it means for users. */
export interface Change {
  readonly level: Level;
  readonly directions: readonly Direction[];
  /** The operations, and the types of delivery, that it meets. Empty where it meets no single one. */
  readonly operations: readonly string[];
  /** Where it stands in the newer document; in the older one if it is gone (RFC 6901, as a URI fragment). */
  readonly pointer: string;
  /** What has changed, in users' words. */
  readonly what: string;
  /** Why that makes this level. */
  readonly reason: string;
}

/** What one direction makes of a change. */
export interface Rating {
  readonly level: Level;
  readonly reason: string;
}
