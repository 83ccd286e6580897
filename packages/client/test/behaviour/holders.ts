/** Values that hold a secret as errors of HTTP libraries do, and in any other way that a log could show. */
export function holdersOf(secret: string): { readonly what: string; readonly holder: unknown }[] {
  const authorization = `Bearer ${secret}`;
  const request = () => new Request("https://example.com", { headers: { authorization } });
  const holding = (properties: object): Error => Object.assign(new Error("failed"), properties);
  const defining = (descriptor: PropertyDescriptor): Error =>
    Object.defineProperty(new Error("failed"), "secret", descriptor);
  const circle = holding({ secret });
  circle.cause = circle;
  class HTTPError extends Error {
    readonly #secret = secret;
    override readonly name = "HTTPError";
    toJSON(): object {
      return { authorization: this.#secret };
    }
    override toString(): string {
      return this.#secret;
    }
    [Symbol.for("nodejs.util.inspect.custom")](): string {
      return this.#secret;
    }
    [Symbol.toPrimitive](): string {
      return this.#secret;
    }
  }
  return Object.entries({
    "an error with a Request": holding({ request: request() }),
    "an error with Headers": holding({ headers: new Headers({ authorization }) }),
    "an error with a Response": holding({ response: new Response("", { headers: { authorization } }) }),
    "an error with a configuration": holding({ config: { headers: { authorization } } }),
    "an error with a Map": holding({ options: new Map([["authorization", authorization]]) }),
    "an error with a Map by the secret": holding({ options: new Map([[authorization, 1]]) }),
    "an error with a Set": holding({ values: new Set([authorization]) }),
    "an error with a symbol for a key": holding({ [Symbol("options")]: { authorization } }),
    "an error with a symbol that is described": holding({ [Symbol(secret)]: 1 }),
    "an error with a function": holding({ retry: Object.assign(() => secret, { authorization }) }),
    "an error with toJSON": holding({ toJSON: () => ({ authorization }) }),
    "an error with an inspector": holding({ [Symbol.for("nodejs.util.inspect.custom")]: () => authorization }),
    "an error with a getter": defining({ get: () => authorization, enumerable: true }),
    "an error with a hidden property": defining({ value: authorization, enumerable: false }),
    "an error with a getter for a message": Object.defineProperty(new Error(), "message", { get: () => secret }),
    "an error with a getter that throws": Object.defineProperty(new Error(), "message", {
      get() {
        throw new Error(secret);
      },
    }),
    "an error with an object for a code": holding({ code: { authorization } }),
    "an error with the secret for a code": holding({ code: secret }),
    "an error with the secret for a name": holding({ name: secret }),
    "an error with the secret in its message": new Error(authorization),
    "an error with the secret in its stack": holding({ stack: `Error: ${authorization}` }),
    "an error with a cause": new Error("failed", { cause: holding({ authorization }) }),
    "an error with a cause of a cause": new Error("failed", { cause: new Error("x", { cause: { authorization } }) }),
    "an error with a Request for a cause": new Error("failed", { cause: request() }),
    "several errors": new AggregateError([new Error(authorization), holding({ request: request() })], "failed"),
    "an error that is its own cause": circle,
    "an error of a class of its own": new HTTPError("failed"),
    "an error that is inherited from": Object.create(holding({ authorization })),
    "a DOMException": Object.assign(new DOMException(authorization, "AbortError"), { request: request() }),
    "a Request": request(),
    "a Map": new Map([["authorization", authorization]]),
    "a Set": new Set([authorization]),
    "an object": { headers: { authorization } },
    "an object by the secret": { [secret]: 1 },
    "an object without a prototype": Object.assign(Object.create(null), { authorization }),
    "an array": [[authorization]],
    "a function": Object.assign(() => secret, { authorization }),
    "a symbol": Symbol(secret),
    "a text": authorization,
    "a text that is escaped": secret.replaceAll("/", "\\/").replaceAll("+", "%2B"),
    "a proxy": new Proxy({}, { get: () => authorization, ownKeys: () => [secret] }),
  }).map(([what, holder]) => ({ what, holder }));
}
