import {
  canonicalJson,
  type Delivery,
  type Document,
  type Operation,
  pointerOf,
  type Server,
} from "@mindbridge-sdk/openapi";
import type { Change, Rating } from "./change.ts";
import { describeKeyword, sentence } from "./words.ts";

/** What changes in how a call or a delivery is authenticated. */
export function compareSecurity(
  base: Document,
  revision: Document,
  before: Operation | Delivery,
  after: Operation | Delivery,
  name: string,
): Change[] {
  const [from, to] = [waysOf(base, before), waysOf(revision, after)];
  const isCovered = (way: Way, by: readonly Way[]): boolean => by.some((other) => other.isSubsetOf(way));
  // Who can satisfy one way of before satisfies one of now.
  const isLooser = from.every((way) => isCovered(way, to));
  const isStricter = to.every((way) => isCovered(way, from));
  if (isLooser && isStricter) return [];
  const isDelivery = after.kind === "delivery";
  const isOwn = after.object.security !== undefined;
  const isHarmless = isDelivery ? isStricter : isLooser;
  const reasons = isDelivery
    ? [
        "More comes with a delivery, and receivers may leave it alone.",
        "Receivers may rely on what no longer comes with a delivery.",
      ]
    : ["Who could call it still can, and there are new ways to.", "Who could call it before may be refused."];
  return [
    {
      level: isHarmless ? "minor" : "major",
      reason: reasons[isHarmless ? 0 : 1] ?? "",
      directions: ["security"],
      operations: [name],
      pointer: isOwn ? `${after.pointer}/security` : "#/security",
      keyword: "security",
      what: `The way ${isDelivery ? "deliveries are" : "calls are"} authenticated has changed${isOwn ? ` for \`${name}\`` : ""}.`,
    },
  ];
}

/** One way to authenticate: each scheme as it is described, whatever its name, with the scopes that are asked for. */
type Way = ReadonlySet<string>;

function waysOf({ components }: Document, { security }: Operation | Delivery): Way[] {
  const described = (name: string): string => {
    const { description: _, bearerFormat: __, flows, ...rest } = components?.securitySchemes?.[name] ?? { name };
    const scheme = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("x-")));
    // Where tokens come from counts; which scopes there are is for people to read.
    const issuers = Object.entries(flows ?? {}).map(([flow, issuer]) => [
      flow,
      { ...(issuer as object), scopes: undefined },
    ]);
    return canonicalJson({ ...scheme, flows: Object.fromEntries(issuers) });
  };
  const listed = security.length > 0 ? security : [{}];
  return listed.map(
    (way) =>
      new Set(
        Object.entries(way).flatMap(([name, scopes]) => [
          described(name),
          ...scopes.map((scope) => `${described(name)} ${scope}`),
        ]),
      ),
  );
}

/** What changes of the servers that an operation has for itself. */
export function compareOwnServers(
  { object: before }: Operation | Delivery,
  { object: after, pointer }: Operation | Delivery,
  name: string,
): Change[] {
  const [was, is]: unknown[] = [before, after].map((object) => Reflect.get(object, "servers"));
  if (canonicalJson(was) === canonicalJson(is)) return [];
  const now = was === undefined ? "new" : is === undefined ? "gone" : "another one";
  return [
    {
      ...addressChange(SPARE, [], "servers", `The server of \`${name}\` is ${now}.`),
      operations: [name],
      pointer: `${pointer}/servers`,
    },
  ];
}

/** What changes in where the API is: the packages use the first server of the document. */
export function compareServers(base: Document, revision: Document): Change[] {
  const [[first, ...others], [second, ...rest]] = [base.servers ?? [], revision.servers ?? []];
  const [from, to] = [first?.url ?? "", second?.url ?? ""];
  const isSame = canonicalJson(variablesOf(from)) === canonicalJson(variablesOf(to));
  const moved: Rating = isSame
    ? {
        level: "minor",
        reason: "Code stays as it is and calls the new address; who lets traffic out by name has to know.",
      }
    : { level: "major", reason: "What users fill in to make the address is something else." };
  return [
    ...(from === to
      ? []
      : [addressChange(moved, ["servers", "0", "url"], "url", `The API is at \`${to}\`; it was at \`${from}\`.`)]),
    ...compareVariables(first, second),
    ...compareSpares(others, rest),
  ];
}

const addressChange = (rating: Rating, keys: readonly string[], keyword: string, what: string): Change => ({
  ...rating,
  directions: ["address"],
  operations: [],
  pointer: pointerOf(keys),
  keyword,
  what: sentence(what),
});

const variablesOf = (url: string): string[] =>
  [...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name).toSorted();

/** What may be filled in for the variables that both documents have. */
function compareVariables(before: Server | undefined, after: Server | undefined): Change[] {
  return Object.entries(after?.variables ?? {}).flatMap(([name, variable]) => {
    const old = before?.variables?.[name];
    if (old === undefined) return [];
    return (["x-pattern", "enum"] as const).flatMap((keyword) => {
      const [was, is]: unknown[] = [old, variable].map((each) => Reflect.get(each, keyword));
      if (canonicalJson(was) === canonicalJson(is)) return [];
      const isWider =
        is === undefined || (Array.isArray(was) && Array.isArray(is) && was.every((value) => is.includes(value)));
      const rating: Rating = isWider
        ? { level: "minor", reason: "More may be filled in than before." }
        : { level: "major", reason: "What was filled in before may be refused." };
      return [
        addressChange(
          rating,
          ["servers", "0", "variables", name, keyword],
          keyword,
          describeKeyword(`the server variable \`${name}\``, keyword, was, is),
        ),
      ];
    });
  });
}

/** The servers that no package uses. */
function compareSpares(before: readonly Server[], after: readonly Server[]): Change[] {
  const urls = (servers: readonly Server[]): Set<string> => new Set(servers.map(({ url }) => url));
  const [from, to] = [urls(before), urls(after)];
  return [...from.symmetricDifference(to)].map((url) =>
    addressChange(SPARE, ["servers"], "servers", `The server \`${url}\` is ${to.has(url) ? "new" : "gone"}.`),
  );
}

const SPARE: Rating = { level: "patch", reason: "The packages use the first server of the document." };
