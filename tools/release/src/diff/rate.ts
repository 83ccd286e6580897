import type { Change, Rating } from "./change.ts";
import type { Compared } from "./compared.ts";
import { describeKeyword, sentence } from "./describe.ts";
import { type Difference, pointerOfDifference } from "./difference.ts";
import { holdsNames, keysOf, pointerOf } from "./json.ts";
import { isAnnotation } from "./meaning.ts";
import { nameAt, nodeName, operationsMet } from "./place.ts";
import { rateMessage } from "./rate-message.ts";
import { isOfSchema, rateSchema } from "./rate-schema.ts";
import { rateServer } from "./rate-server.ts";
import { documented, rateAll, usesOfDifference } from "./rated.ts";
import { rateDeprecation } from "./schema-rules.ts";

/** Kinds of node whose changes are read from the documents themselves: surface.ts, security.ts, examples.ts. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "PathItem",
  "Paths",
  "PathsMap",
  "WebhooksMap",
  "Webhooks",
  "Operation",
  "Parameter",
  "ParameterList",
  "SecurityRequirement",
  "SecurityRequirementList",
  "Example",
  "ExamplesMap",
]);
const READ_BY_PEOPLE: ReadonlySet<string> = new Set([
  "Info",
  "Contact",
  "License",
  "Tag",
  "TagList",
  "ExternalDocs",
  "Xml",
  "Logo",
]);
/** Nothing is generated from what stands below these. */
const PUBLISHED_ONLY: ReadonlySet<string> = new Set(["callbacks", "encoding", "links"]);
const PUBLISHED: Rating = {
  level: "patch",
  reason: "It is published with the document, and nothing is generated from it.",
};

/** What one of Redocly's differences means for users. Nothing where that is told elsewhere. */
export function rateDifference(difference: Difference, compared: Compared): Change | undefined {
  const { typeName, kind, property = "" } = difference;
  const pointer = pointerOfDifference(difference);
  const keys = keysOf(pointer);
  if (typeName === "Info" && property === "version") {
    return documented(pointer, "The version has changed.", { level: "none", reason: "The release itself sets it." });
  }
  if (typeName === "Root" && kind === "modified") {
    return documented(pointer, describeKeyword("the document", property, difference));
  }
  // The names of components are told with the other names, and path items where they are used.
  if (keys[0] === "components" && (keys[1] === "pathItems" || (kind !== "modified" && keys.length <= 3)))
    return undefined;
  const unused = keys.findIndex((key, index) => PUBLISHED_ONLY.has(key) && !holdsNames(keys.slice(0, index)));
  if (unused !== -1) {
    const what = `\`${keys[unused] ?? ""}\` of ${nameAt(keys.slice(0, unused), difference, compared)} has changed.`;
    return documented(pointerOf(keys.slice(0, unused + 1)), what, PUBLISHED);
  }
  if (property === "example" || property === "examples") return undefined;
  const isText = kind === "modified" && property !== "key" && (isAnnotation(property) || property === "tags");
  if (isText || READ_BY_PEOPLE.has(typeName)) {
    return documented(pointer, `The documentation of ${nodeName(difference, compared)} has changed.`);
  }
  if (property === "deprecated" && typeName !== "Schema") return rateDeprecated(difference, compared, pointer);
  if (typeName.startsWith("Server")) return rateServer(difference, compared, pointer);
  if (keys[1] === "securitySchemes") return undefined;
  if (ELSEWHERE.has(typeName)) return rateParameterStyle(difference, compared, pointer);
  return isOfSchema(difference) ? rateSchema(difference, compared) : rateMessage(difference, compared, pointer);
}

function rateDeprecated(difference: Difference, compared: Compared, pointer: string): Change {
  const isDeprecated = difference.revision?.value === true;
  const name = sentence(nodeName(difference, compared));
  const what = `${name} is ${isDeprecated ? "deprecated" : "no longer deprecated"}.`;
  const rating = rateDeprecation(isDeprecated);
  if (difference.typeName === "Operation") {
    const direction = keysOf(pointer)[0] === "webhooks" ? "delivery" : "name";
    return { ...rating, directions: [direction], operations: operationsMet(difference, compared), pointer, what };
  }
  return rateAll(pointer, usesOfDifference(difference, compared), what, () => rating);
}

/** How a parameter is written on the wire, which the client does. */
function rateParameterStyle(difference: Difference, compared: Compared, pointer: string): Change | undefined {
  const { typeName, property = "", kind } = difference;
  if (typeName !== "Parameter" || kind !== "modified" || ["name", "in", "required", "key"].includes(property))
    return undefined;
  const what = describeKeyword(nodeName(difference, compared), property, difference);
  return rateAll(pointer, usesOfDifference(difference, compared), what, () => ({
    level: "patch",
    reason: "It changes how the client writes the parameter, and no code of users.",
  }));
}
