import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DocumentError, loadDocument, type Problem } from "@mindbridge-sdk/generator";
import { type Document, isObject, keysOf, METHODS, pointerOf, valueAt } from "@mindbridge-sdk/openapi";

/** The part of a document that the generator takes, and what it refuses of the rest. */
export interface Kept {
  readonly document: Document;
  /** By the pointer of each refused operation or delivery, the problems that refuse it. */
  readonly refused: ReadonlyMap<string, readonly Problem[]>;
  /** The pointers of examples that are wrong. They are removed, and what holds them stays. */
  readonly examples: ReadonlySet<string>;
}

/** The generator finds the problems of a whole document only in one whose parts have none. */
const ROUNDS = 8;

/**
 * Takes refused operations and deliveries out of a document until the generator refuses nothing. A refused component takes all
 * out that need it, as its problem would be theirs.
 *
 * @throws {DocumentError} if a problem belongs to no operation and no delivery.
 */
export async function keepAccepted(source: Document): Promise<Kept> {
  const document = withoutUnused(source);
  const refused = new Map<string, Problem[]>();
  const examples = new Set<string>();
  for (let round = 0; ; round++) {
    const problems = await problemsOf(document);
    if (problems.length === 0) return { document: withoutUnused(document), refused, examples };
    const users = usersOf(document);
    const refusals: [string, Problem][] = [];
    for (const problem of problems) {
      const example = exampleAt(problem);
      const exchanges = example === undefined ? exchangesAt(document, users, problem.pointer) : [];
      if (round === ROUNDS || (example === undefined && exchanges.length === 0)) throw new DocumentError([problem]);
      refusals.push(...exchanges.map((each): [string, Problem] => [each, problem]));
    }
    for (const example of new Set(problems.flatMap((problem) => exampleAt(problem) ?? []))) {
      examples.add(example);
      removeAt(document, example);
    }
    for (const [pointer, problem] of refusals) {
      refused.set(pointer, [...(refused.get(pointer) ?? []), problem]);
      removeAt(document, pointer);
    }
    Object.assign(document, withoutUnused(document));
  }
}

async function problemsOf(document: Document): Promise<readonly Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), "public-documents-"));
  try {
    const path = join(folder, "openapi.json");
    await writeFile(path, JSON.stringify(document));
    await loadDocument(path);
    return [];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.problems;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * What to remove because of a problem with an example or a `default`. For an example in a list, which has no name, it is the whole list.
 */
function exampleAt({ rule, pointer }: Problem): string | undefined {
  if (rule === "defaults") return pointer;
  if (!/^(?:examples|exact-integers)$/.test(rule)) return undefined;
  const keys = keysOf(pointer);
  if (keys[0] === "components" && keys[1] === "examples") return pointerOf([...keys.slice(0, 3), "value"]);
  const index = keys.findIndex((key, at) => ["example", "examples"].includes(key) && keys[at - 1] !== "properties");
  return index === -1 ? undefined : pointerOf(keys.slice(0, index + 1));
}

/** The operations and the deliveries of a document: their pointers. */
export function exchangesOf(document: Document): string[] {
  return (["paths", "webhooks"] as const).flatMap((kind) =>
    Object.entries<object>(document[kind] ?? {}).flatMap(([key, item]) =>
      METHODS.filter((method) => method in item).map((method) => pointerOf([kind, key, method])),
    ),
  );
}

/** Those that a problem at a place refuses. */
function exchangesAt(document: Document, users: ReadonlyMap<string, readonly string[]>, place: string): string[] {
  const [kind = "", key = "", method = ""] = keysOf(place);
  if (kind === "components") return [...(users.get(pointerOf([kind, key, method])) ?? [])];
  if (kind !== "paths" && kind !== "webhooks") return [];
  const inItem = exchangesOf(document).filter((each) => each.startsWith(`${pointerOf([kind, key])}/`));
  const [own] = inItem.filter((each) => each === pointerOf([kind, key, method]));
  return own === undefined ? inItem : [own];
}

/** For each component the operations and the deliveries that need it. */
function usersOf(document: Document): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const pointer of exchangesOf(document)) {
    for (const component of neededBy(document, [pointer, `${pointerOf(keysOf(pointer).slice(0, 2))}/parameters`]))
      users.set(component, [...(users.get(component) ?? []), pointer]);
  }
  return users;
}

/** The components that some parts of a document need, and those that these need. */
function neededBy(document: Document, parts: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (!isObject(node)) return;
    const { $ref } = node;
    const component = typeof $ref === "string" ? pointerOf(keysOf($ref).slice(0, 3)) : undefined;
    if (component?.startsWith("#/components/") && !found.has(component)) {
      found.add(component);
      visit(valueAt(document, component));
    }
    for (const value of Object.values(node)) visit(value);
    const { mapping } = isObject(node.discriminator) ? node.discriminator : {};
    for (const name of isObject(mapping) ? Object.values(mapping) : []) visit({ $ref: name });
  };
  for (const part of parts) visit(valueAt(document, part));
  return found;
}

/** A copy without the components that nothing needs, and without empty path items. */
function withoutUnused(document: Document): Document {
  const { paths = {}, webhooks, components = {}, ...others } = document;
  const withOperations = (items: Readonly<Record<string, object>>) =>
    Object.fromEntries(Object.entries(items).filter(([, item]) => METHODS.some((method) => method in item)));
  const needed = neededBy(document, ["#/paths", "#/webhooks"]);
  const used = Object.entries(components).map(([kind, named]) => [
    kind,
    kind === "securitySchemes"
      ? named
      : Object.fromEntries(Object.entries(named).filter(([name]) => needed.has(pointerOf(["components", kind, name])))),
  ]);
  return structuredClone({
    ...others,
    paths: withOperations(paths),
    ...(webhooks && { webhooks: withOperations(webhooks) }),
    components: Object.fromEntries(used),
  }) as Document;
}

function removeAt(document: Document, pointer: string): void {
  const keys = keysOf(pointer);
  const parent = valueAt(document, pointerOf(keys.slice(0, -1)));
  if (isObject(parent)) delete parent[keys.at(-1) ?? ""];
}
