export type { DeliveryType } from "@mindbridge-sdk/contract/deliveries";
export { BodyTooLargeError } from "./errors/body-too-large-error.ts";
export { ConfigurationError } from "./errors/configuration-error.ts";
export { DeliveryError, type DeliveryErrorCode } from "./errors/delivery-error.ts";
export { DeliveryTooNewError } from "./errors/delivery-too-new-error.ts";
export { DeliveryTooOldError } from "./errors/delivery-too-old-error.ts";
export { type InterruptedCode, InterruptedError } from "./errors/interrupted-error.ts";
export { InvalidBodyError } from "./errors/invalid-body-error.ts";
export { InvalidKeyError, type InvalidKeyReason } from "./errors/invalid-key-error.ts";
export { KeySourceError } from "./errors/key-source-error.ts";
export { MalformedHeaderError } from "./errors/malformed-header-error.ts";
export { MissingHeaderError } from "./errors/missing-header-error.ts";
export { NoKeyError } from "./errors/no-key-error.ts";
export { RawBodyError } from "./errors/raw-body-error.ts";
export { SignatureMismatchError } from "./errors/signature-mismatch-error.ts";
export { UnsupportedRuntimeError } from "./errors/unsupported-runtime-error.ts";
export { UnsupportedSchemeError } from "./errors/unsupported-scheme-error.ts";
export type { Answer, AnswerCode } from "./receiver/answers.ts";
export type { FailedInfo, HandledInfo, Hooks, ReceivedInfo, RefusedInfo } from "./receiver/hooks.ts";
export type { BodyReader } from "./receiver/intake.ts";
export { createReceiver } from "./receiver/receiver.ts";
export type {
  CloseOptions,
  Handler,
  HandlerContext,
  IncomingRequest,
  Receiver,
  ReceiverOptions,
} from "./receiver/types.ts";
export { type FetchKey, type RefreshableKeys, type RotatingKeysOptions, rotatingKeys } from "./rotating-keys.ts";
export { type MemoryStoreOptions, memoryStore } from "./stores/memory.ts";
export type { Store } from "./stores/store.ts";
export type { Delivery, Envelope, KnownDelivery, UnknownDelivery } from "./verify/delivery.ts";
export type { HeadersInput, HeadersLike, HeadersRecord } from "./verify/headers.ts";
export type {
  Jwk,
  KeyAnswer,
  KeyFunction,
  KeySource,
  KeysBySender,
  PublicKey,
  UnverifiedSender,
} from "./verify/key-source.ts";
export { type UnreadRequest, type UnverifiedDelivery, type VerifyOptions, verify } from "./verify/verify.ts";
