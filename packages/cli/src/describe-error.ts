import type { DeliveryError, InvalidKeyError } from "@mindbridge-sdk/receiver";
import type { Access, Context } from "./action.ts";
import { redactorOf } from "./configuration.ts";
import { RESOURCES } from "./generated/operations.ts";
import { printable } from "./printable.ts";

/** An error of a call of the API, as the client throws it. Its class is not loaded if nothing was called. */
type CallError = Error & {
  readonly code: string;
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly outcome: string;
  readonly status?: number;
  /** What the API answered. */
  readonly text?: string;
  readonly requestId?: string | undefined;
  /** In milliseconds. */
  readonly retryAfter?: number | undefined;
};

/** The fields of an error for programs. Nothing else of it is printed: an error may hold a request. */
const FIELDS = ["code", "operation", "outcome", "status", "requestId", "retryAfter"] as const;

/** The most characters of an answer of the API that are shown. */
const EXCERPT = 200;

/** What the command called the API with: the tokens that no error shows, and where the address and the token are from. */
type Caller = Pick<Context, "env" | "access">;

/** An error as `--json` prints it: its name, its message and the fields for programs that it has. No token is in it. */
export function describeError(error: unknown, caller: Caller): Readonly<Record<string, unknown>> {
  const redact = redactorOf(caller);
  if (!(error instanceof Error)) return { name: "Error", message: redact(String(error)) };
  const fields = FIELDS.flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return field in error ? [[field, typeof value === "string" ? redact(value) : value]] : [];
  });
  const { urlFrom, tokenFrom } = caller.access;
  const sources = isCallError(error) ? { urlFrom, tokenFrom } : {};
  return { name: error.name, message: messageOf(error, redact), ...Object.fromEntries(fields), ...sources };
}

/** An error as people read it: its message and, if a call failed, what identifies the call and what to do. */
export function explainError(error: unknown, caller: Caller): string {
  const redact = redactorOf(caller);
  if (!(error instanceof Error)) return printable(redact(String(error)));
  const message = messageOf(error, redact);
  if (!isCallError(error)) return printable(message);
  const { code, status, outcome, requestId = "" } = error;
  const { urlFrom, tokenFrom } = caller.access;
  const facts = Object.entries({
    code,
    status,
    outcome,
    "request id": redact(requestId),
    "address from": urlFrom,
    "token from": tokenFrom,
  });
  const identified = facts.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join(", ");
  return printable([message, identified, ...adviceOn(error, caller.access)].join("\n"));
}

/** Why a delivery is refused, in the words of the command line: the receiver speaks to those who write programs. */
export function describeRefusal(error: DeliveryError): { readonly code: string; readonly message: string } {
  const { code } = error;
  if (code === "invalid_key") {
    const { reason } = error as InvalidKeyError;
    const isTestKey = reason === "test key";
    const todo = isTestKey
      ? "Anyone can sign with it: --allow-test-key takes it."
      : "Give the publicKey of the webhook.";
    return { code, message: `A key is refused (${reason}). ${todo}` };
  }
  return { code, message: REFUSALS[code] ?? error.message };
}

/**
 * Says that a delivery is of none of the webhooks whose keys are known.
 *
 * @param senderId The sender that the body names.
 * @param option What gave the keys, and those webhooks.
 * @param toAdd What to give for this sender, too.
 */
export function describeOtherSender(
  senderId: string | undefined,
  option: "--key" | "--webhook",
  webhooks: readonly string[],
  toAdd: string,
): string {
  const sender = senderId === undefined ? "no sender" : `the sender ${senderId}`;
  const todo = senderId === undefined ? "" : ` If that is yours, give ${toAdd}.`;
  return `The body names ${sender}, and ${option} names ${webhooks.join(", ")}.${todo}`;
}

const REFUSALS: Readonly<Record<string, string>> = {
  no_key:
    "There is no key for the sender that the body names, or the body names no sender. Give a key with --key or, to listen, with --webhook.",
  signature_mismatch:
    "No signature matches. Give the publicKey of the webhook that the body names, and the body as it came.",
};

function messageOf(error: Error, redact: (text: string) => string): string {
  return isCallError(error) ? happeningOf(error, redact) : redact(error.message);
}

function isCallError(error: unknown): error is CallError {
  return error instanceof Error && "operation" in error && "outcome" in error;
}

/** What happened to a call, in the words of the command line: the client speaks to those who write programs. */
function happeningOf(error: CallError, redact: (text: string) => string): string {
  const { code, operation, method, url, status, text = "" } = error;
  const what = HAPPENINGS[code]?.(error) ?? (status === undefined ? undefined : `answered ${status}`);
  if (what === undefined) return redact(error.message.trim());
  // Redact before cutting: half a token would not be found.
  const said = redact(text).replaceAll(/\s+/g, " ").trim().slice(0, EXCERPT);
  return `${redact(`${operation}: ${method} ${url} ${what}.`)}${said === "" ? "" : ` It said: ${said}`}`;
}

/** What to do about a call that failed. */
function adviceOn(error: CallError, access: Access): string[] {
  const { code, outcome, retryAfter } = error;
  const reason = code === "connection" ? CONNECTIONS[reasonOf(error)] : undefined;
  const todo = adviceFor(access)[reason ?? code];
  return [
    ...(todo === undefined ? [] : [todo]),
    ...(code === "not_found" ? listing(error) : []),
    ...(retryAfter === undefined ? [] : [`It asks to wait for ${Math.ceil(retryAfter / 1000)} s.`]),
    ...(outcome === "unknown" && mayWrite(error) ? [REPEATING] : []),
  ];
}

/** Whether a call may have changed something, as far as the table of operations knows. */
function mayWrite({ operation, method }: CallError): boolean {
  const found = RESOURCES.flatMap(({ resource, operations }) =>
    operations.filter(({ name }) => `${resource}.${name}` === operation),
  );
  return found[0]?.writes ?? method !== "GET";
}

const HAPPENINGS: Readonly<Record<string, (error: CallError) => string>> = {
  abort: () => "was interrupted",
  connection: (error) => `got no answer (${reasonOf(error)})`,
  redirect: ({ status }) => `answered ${status}, which leads elsewhere`,
  response_parse: ({ status }) => `answered ${status}, and no JSON`,
  timeout: () => "was not answered in time",
};

/** How to find the ids, if there is a command for it. */
function listing({ operation }: CallError): string[] {
  const found = RESOURCES.filter(
    ({ resource, operations }) =>
      operation.startsWith(`${resource}.`) && operations.some(({ word }) => word === "query"),
  );
  return found.map(({ word }) => `The ids: mindbridge ${word} list`);
}

/** What to do about a connection that failed, by the code of the system. */
const CONNECTIONS: Readonly<Record<string, string>> = {
  EAI_AGAIN: "unknown_host",
  ECONNREFUSED: "refused_connection",
  ENOTFOUND: "unknown_host",
};

const REPEATING = "It may have been done: look in MindBridge before you repeat it.";
const CORRECT_REQUEST = "Correct what was sent.";

/** What to do, by the code of the error. */
const adviceFor = ({ urlFrom = "the address", tokenFrom = "" }: Access): Readonly<Record<string, string>> => ({
  authentication: `Replace the token from ${tokenFrom} by one of this tenant that is in force.`,
  bad_request: CORRECT_REQUEST,
  conflict: "It may exist already, or may have changed since you read it. Read it again first.",
  connection: `Check the address from ${urlFrom}, and whether there is a proxy in between.`,
  internal_server: "Try again later.",
  not_found: `Check the id, and whether ${urlFrom} names the right tenant.`,
  permission_denied: "Ask an administrator of the tenant for a token with the scope that this needs.",
  rate_limit: "Try again later.",
  redirect: `Correct ${urlFrom}.`,
  refused_connection: `Nothing listens there. Start it, if it is a mock (mindbridge mock --stateful), or correct ${urlFrom}.`,
  unknown_host: `No host has this name, or this machine is offline: correct ${urlFrom}.`,
  response_parse: `Correct ${urlFrom}. Such an answer often comes from a proxy.`,
  several_webhooks:
    "Keep one of them: mindbridge webhooks delete ID. Or give the webhook of the file the id of the one that is meant.",
  timeout: "Find out what is slow, or try again later.",
  unprocessable_entity: CORRECT_REQUEST,
});

/** What went wrong with a connection: the code of the error underneath, such as `ECONNREFUSED`, or its message. */
function reasonOf(error: Error): string {
  const { cause } = error;
  if ("code" in error && error.code !== "connection") return String(error.code);
  return cause instanceof Error ? reasonOf(cause) : error.message;
}
