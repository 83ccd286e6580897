import { camelCase, methodNameOf, type NamedOperation, pascalCase } from "@mindbridge-sdk/openapi";
import { INHERITED } from "./names.ts";

/** The names that a resource and a method of the client cannot have. */
const CLIENT_NAMES = new Set(["api", ...INHERITED]);

/** Whether a name is `resource.method`, with resources in it or without. */
export function isMethodName(name: string): boolean {
  const words = name.split(".");
  return words.length > 1 && words.every((word) => /^[a-z][A-Za-z0-9]*$/.test(word));
}

/** Whether the client has something of its own by one of the words of a name. */
export function hidesOfClient(name: string): boolean {
  return name.split(".").some((word) => CLIENT_NAMES.has(word));
}

/** What methods are usually called that send a method of HTTP, the most usual first. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  get: ["get", "read", "fetch"],
  put: ["update", "replace", "put"],
  patch: ["update", "patch", "change"],
  post: ["create", "send", "add"],
  delete: ["delete", "remove", "clear"],
  head: ["check", "head"],
  options: ["options"],
};

/** The operations of a document by their method, such as those of Redocly's nodes. */
type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The names of methods, and the resources that they are in. */
export class MethodNames {
  readonly #methods = new Set<string>();
  readonly #resources = new Set<string>();

  /** Those of all operations. */
  constructor(paths: Paths) {
    for (const [path, item] of Object.entries(paths)) {
      for (const method of Object.keys(VERBS)) {
        if (item[method] !== undefined) this.add(methodNameOf(path, item[method] as NamedOperation));
      }
    }
  }

  add(name: string): void {
    this.#methods.add(name);
    for (const resource of resourcesAround(name)) this.#resources.add(resource);
  }

  /** Whether no method has the name. A method is no resource as well. */
  isFree(name: string): boolean {
    const isTaken = this.#methods.has(name) || this.#resources.has(name);
    return !isTaken && resourcesAround(name).every((resource) => !this.#methods.has(resource));
  }
}

/** `webhooks.keys.create` → `webhooks`, `webhooks.keys`. */
function resourcesAround(name: string): string[] {
  const words = name.split(".").slice(0, -1);
  return words.map((_, index) => words.slice(0, index + 1).join("."));
}

/**
 * A name for the method of an operation: `GET /v1/accounts/{id}` → `accounts.get`, `POST /webhooks/{id}/keys` → `webhooks.keys.create`,
 * `POST /webhooks/{id}/rotate` → `webhooks.rotate`.
 *
 * @param taken Those that it must not have.
 */
export function suggestName(method: string, path: string, taken: MethodNames): string {
  const parts = path.split("/").filter((part) => part !== "" && !/^(?:api|v\d+)$/i.test(part));
  const words = parts.filter((part) => !part.includes("{")).map(camelCase);
  const resources = words.filter((word) => isMethodName(`${word}.get`) && !CLIENT_NAMES.has(word));
  const [last = ""] = resources.slice(-1);
  const isItem = parts.at(-1)?.includes("{") === true;
  const isAction = method === "post" && !isItem && resources.length > 1 && !isPlural(last);
  const within = (isAction ? resources.slice(0, -1) : resources).join(".") || "root";
  const verbs = VERBS[method] ?? [method];
  const methods = [
    ...(isAction ? [last] : []),
    ...(method === "get" && !isItem && isPlural(last) ? ["list"] : []),
    ...verbs,
    `${verbs[0]}${pascalCase(path.replace(/^[^A-Za-z0-9]+/, ""))}`,
  ];
  return methods.map((each) => `${within}.${each}`).find((name) => taken.isFree(name)) ?? `${within}.${method}`;
}

/** `keys`, but neither `status` nor `address`. */
function isPlural(word: string): boolean {
  return /[^su]s$/.test(word);
}
