import { type Document, resolve, type SecurityRequirement, type SecurityScheme } from "@mindbridge-sdk/openapi";

/**
 * How the client can meet the security requirements of an operation, of which one has to be met: the name of the header that takes the
 * token, in lower case. What takes no token comes last, as `""`. Requirements that the client cannot meet are left out.
 */
export function tokenHeaders(document: Document, requirements: readonly SecurityRequirement[]): string[] {
  const headers = requirements.flatMap((requirement) => {
    const [name, ...others] = Object.keys(requirement);
    if (name === undefined) return "";
    const scheme = document.components?.securitySchemes?.[name];
    return others.length === 0 && scheme ? (headerOf(resolve(document, scheme)) ?? []) : [];
  });
  return requirements.length === 0 ? [""] : headers.toSorted((one, other) => Number(one === "") - Number(other === ""));
}

function headerOf({ type, scheme, in: place, name = "" }: SecurityScheme): string | undefined {
  if (type === "oauth2" || (type === "http" && scheme?.toLowerCase() === "bearer")) return "authorization";
  return type === "apiKey" && place === "header" ? name.toLowerCase() : undefined;
}
