import { type Document, METHODS } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { canonical, isObject, type JsonObject, pointerOf } from "./json.ts";

/** One way to authenticate: each scheme as it is described, whatever its name, with the scopes that are asked for. */
type Alternative = ReadonlySet<string>;

/** What changes in how calls, and deliveries, are authenticated. */
export function securityChanges({ base, revision }: Compared): Change[] {
  const [from, to] = [securedIn(base), securedIn(revision)];
  return [...to].flatMap(([name, { alternatives, pointer, isDelivery }]): Change[] => {
    const before = from.get(name)?.alternatives;
    if (before === undefined) return [];
    const isCovered = (each: Alternative, by: readonly Alternative[]): boolean =>
      by.some((other) => other.isSubsetOf(each));
    // Who can satisfy one way of before satisfies one of now.
    const [isLooser, isStricter] = [
      before.every((each) => isCovered(each, alternatives)),
      alternatives.every((each) => isCovered(each, before)),
    ];
    if (isLooser && isStricter) return [];
    const isHarmless = isDelivery ? isStricter : isLooser;
    return [
      {
        level: isHarmless ? "minor" : "major",
        directions: ["security"],
        operations: [name],
        pointer,
        what: `How ${isDelivery ? "the delivery" : "a call of"} \`${name}\` is authenticated has changed.`,
        reason: isDelivery
          ? isHarmless
            ? "More comes with a delivery, and receivers that do not look at it stay as they are."
            : "Receivers may rely on what no longer comes with a delivery."
          : isHarmless
            ? "Who could call it still can, and there are new ways to."
            : "Who could call it by what they have may be refused.",
      },
    ];
  });
}

interface Secured {
  readonly alternatives: readonly Alternative[];
  readonly pointer: string;
  readonly isDelivery: boolean;
}

function securedIn(document: Document): Map<string, Secured> {
  const root: unknown = Reflect.get(document, "security");
  const schemes = document.components?.securitySchemes;
  const described = (name: string): string => {
    const scheme = schemes?.[name];
    return isObject(scheme)
      ? canonical({ ...scheme, flows: flowsOf(scheme), description: undefined, bearerFormat: undefined })
      : name;
  };
  const read = (security: unknown): Alternative[] => {
    const listed = Array.isArray(security) && security.length > 0 ? security : [{}];
    return listed
      .filter(isObject)
      .map(
        (each) =>
          new Set(
            Object.entries(each).flatMap(([name, scopes]) => [
              described(name),
              ...(Array.isArray(scopes) ? scopes : []).map((scope) => `${described(name)} ${String(scope)}`),
            ]),
          ),
      );
  };
  return new Map(
    (["paths", "webhooks"] as const).flatMap((kind) =>
      Object.entries(document[kind] ?? {}).flatMap(([key, item]) =>
        METHODS.flatMap((method) => {
          const operation = item[method];
          if (operation === undefined) return [];
          const own: unknown = Reflect.get(operation, "security");
          const isDelivery = kind === "webhooks";
          const pointer = own === undefined ? "#/security" : pointerOf([kind, key, method, "security"]);
          const name = isDelivery ? key : (operation.operationId ?? `${method.toUpperCase()} ${key}`);
          return [[name, { alternatives: read(own ?? root), pointer, isDelivery }] as const];
        }),
      ),
    ),
  );
}

/** Where tokens come from. Which scopes there are is for people to read: those that are asked for stand with the operations. */
function flowsOf({ flows }: JsonObject): JsonObject | undefined {
  if (!isObject(flows)) return undefined;
  return Object.fromEntries(
    Object.entries(flows).map(([name, flow]) => [name, isObject(flow) ? { ...flow, scopes: undefined } : flow]),
  );
}
