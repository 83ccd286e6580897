export type { DeliveryType } from "@mindbridge-sdk/contract/deliveries";
export { adviceOn } from "./advice.ts";
export type { Answer, AnswerCode } from "./answers.ts";
export type { BodyReader, BodySource, NodeBody, UnreadRequest } from "./body.ts";
export * from "./errors.ts";
export type { HeadersInput, HeadersLike, HeadersRecord } from "./headers.ts";
export type { ClockSkewInfo, FailedInfo, HandledInfo, Hooks, ReceivedInfo, RefusedInfo } from "./receiver/hooks.ts";
export type { Log, LogEntry } from "./receiver/log.ts";
export { createReceiver } from "./receiver/receiver.ts";
export type {
  CloseOptions,
  FetchRequest,
  HandleQueuedOptions,
  Handler,
  HandlerContext,
  IncomingRequest,
  KeptDelivery,
  Receiver,
  ReceiverOptions,
  Recovery,
  RecoveryOutcome,
  Wrap,
} from "./receiver/types.ts";
export { type FetchKey, type RefreshableKeys, type RotatingKeysOptions, rotatingKeys } from "./rotating-keys.ts";
export { type MemoryStoreOptions, memoryStore } from "./stores/memory.ts";
export type { Claim, Store } from "./stores/store.ts";
export type {
  Delivery,
  Envelope,
  KnownDelivery,
  QueuedDelivery,
  UnknownDelivery,
  VerifiedDelivery,
} from "./verify/delivery.ts";
export type {
  Jwk,
  KeyAnswer,
  KeyFunction,
  KeySource,
  KeysBySender,
  PublicKey,
  UnverifiedSender,
} from "./verify/key-source.ts";
export { type UnverifiedDelivery, type VerifyOptions, verify } from "./verify/verify.ts";
