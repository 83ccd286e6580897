import { type Document, METHODS, type OperationObject, type Parameter, parametersOf } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { byKey, pointerOf } from "./json.ts";

/** An operation or delivery that is in both documents, which may have moved. */
interface Pair {
  readonly kind: "paths" | "webhooks";
  readonly name: string;
  readonly before: readonly Parameter[];
  readonly after: readonly Parameter[];
  readonly pointer: string;
}

function pairedOperations({ base, revision }: Compared): Pair[] {
  const read = (document: Document, kind: Pair["kind"]) =>
    new Map(
      Object.entries(document[kind] ?? {}).flatMap(([key, item]) =>
        METHODS.flatMap((method) => {
          const operation: OperationObject | undefined = item[method];
          if (operation === undefined) return [];
          const name = kind === "webhooks" ? key : (operation.operationId ?? `${method.toUpperCase()} ${key}`);
          return [[name, { parameters: parametersOf(document, item, operation), at: [kind, key, method] }] as const];
        }),
      ),
    );
  return (["paths", "webhooks"] as const).flatMap((kind) => {
    const old = read(base, kind);
    return [...read(revision, kind)].flatMap(([name, { parameters, at }]) => {
      const before = old.get(name)?.parameters;
      return before ? [{ kind, name, before, after: parameters, pointer: pointerOf([...at, "parameters"]) }] : [];
    });
  });
}

/** What has changed of the parameters of operations and deliveries that are in both documents. */
export function parameterChanges(compared: Compared): Change[] {
  return pairedOperations(compared).flatMap(changesOf);
}

function changesOf(pair: Pair): Change[] {
  const changes: Change[] = [];
  const isSent = pair.kind === "paths";
  // On the wire the letters of a header may be capital or small. In its type they may not.
  const keyOf = ({ in: place, name }: Parameter): string => `${place} ${name}`;
  const [from, to] = [byKey(pair.before, keyOf), byKey(pair.after, keyOf)];
  const push = (level: Change["level"], what: string, reason: string): void =>
    void changes.push({
      level,
      directions: [isSent ? "request" : "delivery"],
      operations: [pair.name],
      pointer: pair.pointer,
      what,
      reason,
    });
  const nameOf = ({ in: place, name }: Parameter): string => `The ${place} parameter \`${name}\` of \`${pair.name}\``;
  for (const [key, old] of from) {
    // Those are told by their place in the path, and cannot be left out.
    if (old.in === "path") continue;
    const now = to.get(key);
    if (now === undefined) {
      push(
        "major",
        `${nameOf(old)} is gone.`,
        isSent ? "Code that sends it no longer compiles." : "A receiver may rely on it.",
      );
    } else if ((old.required === true) !== (now.required === true)) {
      const isRequired = now.required === true;
      push(
        isSent === isRequired ? "major" : "minor",
        `${nameOf(now)} is now ${isRequired ? "required" : "optional"}.`,
        isSent
          ? isRequired
            ? "Calls without it are refused, and no longer compile."
            : "It may be left out, which is new API."
          : isRequired
            ? "It always comes, and code can rely on it."
            : "It may be missing, which code does not expect.",
      );
    }
  }
  for (const [key, now] of to) {
    if (now.in === "path" || from.has(key)) continue;
    const isDemanded = isSent && now.required === true;
    push(
      isDemanded ? "major" : "minor",
      `${nameOf(now)} is new${now.required === true ? " and required" : ""}.`,
      isDemanded ? "Calls without it are refused, and no longer compile." : "It is new API.",
    );
  }
  return changes;
}
