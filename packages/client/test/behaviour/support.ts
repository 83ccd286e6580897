/** The package under test. A type only, so that a case runs wherever the module can be loaded. */
export type SDK = typeof import("../../src/index.ts");
type Client = InstanceType<SDK["MindBridge"]>;
type WebhookCreate = import("../../src/index.ts").WebhookCreate;

/** What a case needs: the package as the runtime loads it, and where the misbehaving server is. */
export interface Context {
  readonly sdk: SDK;
  readonly origin: string;
  readonly otherOrigin: string;
  readonly deadOrigin: string;
}

/** One behaviour. It uses web APIs only, and throws if the client behaves otherwise. */
export interface Case {
  readonly name: string;
  run(context: Context): Promise<void>;
}

/** What the server does with one request. `hang` stops answering, `cut` ends the connection. */
export interface Step {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** `{authorization}` stands for the header that came. */
  readonly body?: string;
  readonly before?: "hang" | "cut";
  readonly middle?: "hang" | "cut";
}

/** What the server received. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A part of the server for one case, and how to reach it. */
export interface Scenario {
  readonly baseUrl: string;
  readonly client: (options?: Partial<ConstructorParameters<SDK["MindBridge"]>[0]>) => Client;
  readonly received: () => Promise<Request[]>;
}

export const TOKEN = "tok.en-1+2/3=";
export const BODY: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2f1c09a3e4d0012ab34cd",
  events: ["ANALYSIS_COMPLETE"],
  status: "ACTIVE",
};
export const WEBHOOK = { ...BODY, id: "66e0", version: 1, publicKey: "whpk_x" };
export const CREATED: Step = { status: 201, headers: json(), body: JSON.stringify(WEBHOOK) };
export const FOUND: Step = { ...CREATED, status: 200 };

/** The headers of a JSON response, with others. */
export function json(others: Record<string, string> = {}): Record<string, string> {
  return { "content-type": "application/json", ...others };
}

/** Sets up a scenario for one case. */
export async function scenario({ sdk, origin, otherOrigin }: Context, ...steps: Step[]): Promise<Scenario> {
  const id = crypto.randomUUID();
  // Through the other origin, so that the client shares no connection with it.
  const control = `${otherOrigin}/control/${id}`;
  await fetch(control, { method: "PUT", body: JSON.stringify(steps) });
  const baseUrl = `${origin}/s/${id}`;
  return {
    baseUrl,
    client: (options) =>
      new sdk.MindBridge({ baseUrl, token: TOKEN, maxRetryWait: 5, ...options } as ConstructorParameters<
        SDK["MindBridge"]
      >[0]),
    received: async () => {
      const response = await fetch(control);
      const requests = (await response.json()) as (Omit<Request, "headers"> & { headers: Record<string, string> })[];
      return requests.map((request) => ({ ...request, headers: new Headers(request.headers) }));
    },
  };
}

/** Fails unless both are the same as JSON; `undefined` is nothing but itself. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [actual, expected].map((value) => JSON.stringify(value));
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/** Fails unless `value` is true. */
export function check(value: boolean, what: string): void {
  if (!value) throw new Error(`not so: ${what}`);
}

/** The error that `promise` rejects with, which must be of `ErrorClass` itself, not of a class under it. */
export async function rejection<T extends Error>(
  promise: Promise<unknown>,
  ErrorClass: abstract new (...args: never[]) => T,
): Promise<T> {
  let result: unknown;
  try {
    result = await promise;
  } catch (error) {
    if ((error as Error).constructor === ErrorClass) return error as T;
    throw new Error(`expected ${ErrorClass.name}, got ${String(error)}`, { cause: error });
  }
  throw new Error(`expected ${ErrorClass.name}, and it resolved to ${JSON.stringify(result)}`);
}

/** Everything of an error that a log could show: texts, properties and stacks, down to the last cause. */
export function shown(error: unknown, depth = 9): string {
  if (!depth || Object(error) !== error) return String(error);
  const object = error as Record<PropertyKey, unknown>;
  const own = [...Reflect.ownKeys(object), "name", "message", "stack", "cause", "headers"].map(
    (key) => `${String(key)}=${shown(object[key], depth - 1)}`,
  );
  const items = Symbol.iterator in object ? [...(object as unknown as Iterable<unknown>)] : [];
  return [JSON.stringify(error), ...own, ...items.map((item) => shown(item, depth - 1))].join("\n");
}
