import { type components, SERVER_URL } from "@mindbridge-sdk/contract";
import type { DeliveryType } from "@mindbridge-sdk/contract/deliveries";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";
import { REQUEST_PROPERTIES } from "../generated/requests.ts";
import {
  type Answer,
  escaped,
  exampleOf,
  hasToken,
  operationIds,
  paramsOf,
  parse,
  patternOf,
  refusal,
  refusalOfBody,
  successOf,
  toResponse,
  violation,
} from "../mocked-operations.ts";
import { isRecord } from "../overrides.ts";
import { createTestSigner } from "../signing.ts";
import { type DeliverOptions, deliver, type Endpoint, type Signers } from "./deliver.ts";
import { createEntities, type Entity, pick } from "./entities.ts";
import { CutError, checkFailure, createFailures, type Failure, headersOf } from "./failure.ts";
import { type ListeningApi, type ListenOptions, listen } from "./listen.ts";
import { matches, pageOf, readPaging, violationsOfFilter } from "./query.ts";
import { whyUrlIsRefused } from "./webhook-url.ts";

/** The log of a delivery. What stands for it in a contract without event logs lets this compile. */
type WebhookEventLog = components["schemas"] extends { WebhookEventLog: infer Log extends object } ? Log : Entity;

/** What the contract's operations are for, such as `webhooks`. */
type Resource = OperationId extends infer Id ? (Id extends `${infer Name}.${string}` ? Name : never) : never;

/** How to make a {@link TestApi}. */
export interface TestApiOptions {
  /** The only token that is accepted. By default any is. */
  readonly token?: string | undefined;
  /**
   * What is there from the start, by resource: `{ webhooks: [webhook] }`. A webhook without a `publicKey` gets a key pair, so that it can
   * be delivered to.
   */
  readonly entities?: { readonly [Name in Resource]?: readonly object[] | undefined } | undefined;
  /**
   * Answers deliveries in place of the network, whatever their address is: `receiver.fetch`. Without it, they are sent, and only to
   * this machine.
   */
  readonly endpoint?: Endpoint | undefined;
  /** How many times a delivery is sent until it is answered with 2xx; 3 by default, without a pause. */
  readonly attempts?: number | undefined;
  /** How long the answer to a delivery is waited for, in milliseconds; 10,000 by default. */
  readonly timeout?: number | undefined;
  /** The present, in milliseconds; `Date.now` by default. */
  readonly now?: (() => number) | undefined;
}

/** An API that keeps what it is sent, for tests. */
export interface TestApi {
  /** Answers a request as `fetch` does, without a port: give it to the client as its `fetch`. It is bound. */
  readonly fetch: typeof fetch;

  /**
   * Has the next request to an operation fail.
   *
   * @throws {TypeError} if there is no such operation, or the failure has a name or a value that is not one of its own.
   */
  fail(operation: OperationId, failure: Failure): void;

  /**
   * Delivers an event to each webhook that is ACTIVE and has subscribed to it: signed with the webhook's own key, to its `url`, until it
   * is answered with 2xx.
   *
   * @param type Such as `analysis.completed`. Its body is the contract's example, as an event of its own.
   * @returns The logs of the deliveries, which `webhookEventLogs.get` and `.query` answer with too; none if nobody has subscribed.
   * @throws {TypeError} if the event to subscribe to is not known for this type, or a webhook leads to another machine, or was given
   *   with a `publicKey` of which the private half is not known.
   */
  deliver(type: DeliveryType | (string & {}), options?: DeliverOptions): Promise<WebhookEventLog[]>;

  /**
   * Gives a webhook another key pair: `webhooks.get` answers with its public half from now on, and deliveries are signed with it.
   * How MindBridge rotates a key is not published.
   *
   * @returns The new `publicKey`.
   * @throws {TypeError} if there is no such webhook.
   */
  rotateKey(webhookId: string): Promise<string>;

  /** Listens on a port of this machine, for programs that cannot be given a `fetch`. It needs `node:http`. */
  listen(options?: ListenOptions): Promise<ListeningApi>;
}

/**
 * Makes an API that remembers: what was created can be read, changed, queried and deleted, and delivers to its webhooks. It takes all of
 * this from the contract's operations, and refuses what the contract refuses.
 *
 * Much of the behaviour of MindBridge is not published. What this API makes up: it answers a stale `version` with 409, a body that the
 * contract refuses with 422 and a list, a delete as the contract's first success; a page has 20 items by default, and any field can be
 * queried; a delivery is sent again at once, and given up after `attempts`; every name and URL may be there twice; an update keeps the key.
 * With 422, it also refuses the URLs of webhooks that MindBridge says it refuses, except those of this machine.
 * An operation that does not create, read, update, delete or query gets the contract's example.
 *
 * @throws {TypeError} if `entities` names a resource that the contract does not have.
 */
export function createTestApi(options: TestApiOptions = {}): TestApi {
  const { token, endpoint, attempts = 3, timeout = 10_000, now = Date.now } = options;
  const entities = createEntities(now);
  const signers: Signers = new Map();
  const failures = createFailures();
  for (const [resource, given = []] of Object.entries(options.entities ?? {})) {
    if (!resources().includes(resource)) {
      throw new TypeError(`createTestApi: the contract has no ${resource}. entities has ${resources().join(", ")}.`);
    }
    for (const each of given) entities(resource).add({ ...each });
  }
  // With or without what comes before the paths of the contract at the server.
  const base = `(?:${escaped(new URL(SERVER_URL.replaceAll(/\{\w+\}/g, "any")).pathname)})?`;
  const routes = operationIds().map((id) => ({ id, method: OPERATIONS[id].method, pattern: patternOf(id, base) }));

  const handle = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(pathname));
    if (!route) return Response.json({ message: "The contract has no such operation." }, { status: 404 });
    const { id, pattern } = route;
    const text = await request.text();
    await haveKeys();
    const failure = failures.take(id);
    const carryOut = async () =>
      toResponse(
        id,
        (hasToken(id, request, token) ? undefined : { status: 401 }) ??
          preferred(request) ??
          (await answerTo(id, paramsOf(id, pattern, pathname), searchParams, text)),
      );
    if (!failure) return carryOut();
    if (failure.after === "done") await carryOut();
    return failed(id, failure);
  };

  /** What the operation answers. */
  const answerTo = async (
    id: OperationId,
    params: Readonly<Record<string, string>>,
    query: URLSearchParams,
    text: string,
  ): Promise<Answer> => {
    const kind = kindOf(id);
    const own = entities(resourceOf(id));
    // The vendor's servers ignore read-only properties in a request.
    const given = text === "" ? undefined : (parse(text) ?? null);
    const body = isRecord(given) ? pick(given, readOnlyOf(id), { not: true }) : given;
    const refused = refusalOfBody(id, body);
    if (refused) return refused;
    const why = resourceOf(id) === "webhooks" && kind !== "query" ? whyUrlIsRefused(Object(body).url) : undefined;
    if (why !== undefined) return refusal(id, [violation(["body", "url"], "url", why)]);
    if (kind === "create") {
      const example = exampleOf(id, successOf(id));
      // Before it is kept, since nothing may come between.
      const made = await newKey(example);
      return { body: own.add({ ...pick(example, readOnlyOf(id)), ...NEW, ...made, ...Object(body) }) };
    }
    if (kind === "query") {
      const paging = readPaging(query);
      const violations = [...("page" in paging ? [] : paging), ...violationsOfFilter(body ?? {})];
      if (!("page" in paging) || violations.length > 0) return refusal(id, violations);
      return {
        body: pageOf(
          own.all().filter((each) => matches(each, Object(body))),
          paging,
        ),
      };
    }
    if (kind === undefined) return {};
    const entity = own.get(Object.values(params).at(-1) ?? "");
    if (!entity) return { status: 404 };
    if (kind === "read") return { body: entity };
    if (kind === "delete") {
      own.remove(entity.id);
      return {};
    }
    const { version, ...changes } = Object(body) as Record<string, unknown>;
    if (version !== entity.version) {
      return { status: 409, body: { message: `version is ${String(version)}, and the latest is ${entity.version}.` } };
    }
    return { body: own.change(entity, changes) };
  };

  /** The key pair of what has one, such as a webhook. */
  const newKey = async (example: unknown) => {
    if (!isRecord(example) || !("publicKey" in example)) return {};
    const signer = await createTestSigner();
    signers.set(signer.publicKey, signer);
    return { publicKey: signer.publicKey, keyGenerationTimestamp: new Date(now()).toISOString() };
  };

  /** Gives a key pair to what was there from the start without one. */
  const makeKeys = async () => {
    for (const id of operationIds()) {
      if (kindOf(id) !== "create") continue;
      const own = entities(resourceOf(id));
      for (const each of own.all()) {
        if (each.publicKey === undefined) own.add({ ...each, ...(await newKey(exampleOf(id, successOf(id)))) });
      }
    }
  };
  let keys: Promise<void> | undefined;
  const haveKeys = () => (keys ??= makeKeys());

  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const signal = init?.signal ?? request.signal;
    signal.throwIfAborted();
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    return Promise.race([handle(request), aborted]);
  };

  const deliverAll = async (type: string, how: DeliverOptions, otherMachines: "refuse" | "skip") => {
    await haveKeys();
    const settings = { endpoint, otherMachines, attempts, timeout, now };
    return deliver(type, how, entities("webhooks"), entities("webhookEventLogs"), signers, settings);
  };

  return {
    fetch: send,
    fail(operation, failure) {
      if (!Object.hasOwn(OPERATIONS, operation))
        throw new TypeError(`fail: the contract has no operation ${operation}.`);
      checkFailure(failure);
      failures.add(operation, failure);
    },
    async deliver(type, how = {}) {
      const { logs } = await deliverAll(type, how, "refuse");
      return structuredClone(logs) as unknown as WebhookEventLog[];
    },
    async rotateKey(id) {
      await haveKeys();
      const webhook = entities("webhooks").get(id);
      if (!webhook) throw new TypeError(`rotateKey: there is no webhook ${id}.`);
      const key = await newKey(webhook);
      return String(entities("webhooks").change(webhook, key).publicKey);
    },
    listen: (where) => listen({ fetch: send, deliver: (type, how) => deliverAll(type, how, "skip") }, where),
  };
}

/** The answer that a failure asks for, if it is to be answered. */
function failed(id: OperationId, failure: Failure): Response | Promise<Response> {
  if (failure.connection) {
    if (failure.connection === "silent") return new Promise(() => {});
    throw new CutError();
  }
  const { status, body, headers } = failure;
  return toResponse(id, { status, body, headers: headersOf(status, headers) });
}

/** The answer that a request asks for with `Prefer: code=503`, as Prism gives it: of the errors alone. */
function preferred({ headers }: Request): Answer | undefined {
  const [, code = "200"] = /\bcode=(\d{3})\b/.exec(headers.get("prefer") ?? "") ?? [];
  const status = Number(code);
  return status < 300 ? undefined : { status, headers: headersOf(status) };
}

/** What is made anew for each entity, and must not be taken from the example. */
const NEW = { id: undefined, version: undefined, creationDate: undefined, lastModifiedDate: undefined };

const resourceOf = (id: OperationId) => id.slice(0, id.lastIndexOf("."));

/** The resources of the contract. */
const resources = () => [...new Set(operationIds().map(resourceOf))];

type Kind = "create" | "delete" | "query" | "read" | "update";

/** What an operation does, by the vendor's general rule for every entity (the page "Endpoint model"). */
function kindOf(id: OperationId): Kind | undefined {
  const { method, path } = OPERATIONS[id];
  if (path.endsWith("}")) return KINDS[method];
  if (method !== "POST") return undefined;
  if (path.endsWith("/query")) return "query";
  return path.includes("{") ? undefined : "create";
}

const KINDS: Readonly<Record<string, Kind>> = { GET: "read", PUT: "update", DELETE: "delete" };

/**
 * The properties of the contract's example of an answer that only the server sets: a request to the operation does not have
 * them. None, if the contract does not say what a request has.
 */
function readOnlyOf(id: OperationId): string[] {
  const own: readonly string[] | undefined = REQUEST_PROPERTIES[id];
  if (own === undefined) return [];
  const example = exampleOf(id, successOf(id));
  return Object.keys(isRecord(example) ? example : {}).filter((name) => !own.includes(name));
}
