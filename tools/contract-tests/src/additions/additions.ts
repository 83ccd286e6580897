import { DocumentError, generate } from "@mindbridge-sdk/generator";
import { documentOf, KINDS } from "@mindbridge-sdk/generator/corpus";

/** Something that the vendor may add to the document, and the kind of the generator's corpus that has it. */
export interface Addition {
  readonly title: string;
  readonly kind: string;
}

/** What is added. Several additions may stand in one kind. */
export const ADDITIONS: readonly Addition[] = Object.entries({
  "a list of an entity": "pages",
  "an update of an entity with read-only fields": "readAndWriteOnly",
  "read-only fields in a body without a name": "readOnlyInline",
  "a change of an entity that holds objects with read-only fields": "readOnlyInside",
  "a delete": "entities",
  "`json-patch+json` beside `merge-patch+json`": "twoKindsOfJson",
  "pages by number": "pages",
  "pages by a cursor": "pages",
  "`merge-patch+json`": "jsonMediaTypes",
  "an upload": "uploads",
  "files of which the document says the media type": "fileTypes",
  "forms that are validated": "validatedForms",
  "an upload with headers of a part": "partHeaders",
  "an object in a form without files, as `deepObject`": "deepObjectInForm",
  "a download": "downloads",
  CSV: "downloads",
  "CSV beside JSON, which alone is offered": "jsonMediaTypes",
  "202 with a `Location`": "downloads",
  "`oneOf` with a mapping": "discriminator",
  "a `discriminator` of a schema that others extend": "inheritance",
  "`allOf`": "entities",
  "`anyOf` and `oneOf` beside other keywords": "alternatives",
  "`if`, `then` and `else`": "conditions",
  "`$defs` in a component": "definitions",
  "an example with what two parts of an `allOf` list together": "embedded",
  "properties that may be `null`": "entities",
  "formats, known and unknown": "formats",
  "header parameters": "queryStyles",
  "a list in an optional header": "optionalHeaderList",
  "a list in a header of a response": "headerLists",
  "cookie parameters": "cookies",
  "lists and objects in the query, `deepObject` among them": "queryStyles",
  "a tuple in the query": "unusualParameters",
  "parameters called `page[number]`, `sent<`, `from`, `constructor` and `Prefer`": "unusualParameters",
  "parameters called `DateSent`, `DateSent<` and `DateSent>`": "flagNames",
  "parameters called `a&b`, and names that users give": "encodedNames",
  "an object within a `deepObject`": "nestedDeepObject",
  "a list as a `deepObject`": "deepList",
  "JSON in the query": "queryContent",
  "path parameters of the style `label` or `matrix`": "labelInPath",
  "schemas called `ValidationError` and `Outcome`, as parts of the client are": "namesOfClient",
  "a nested resource": "otherNames",
  "operation ids in the style of others": "otherNames",
  "lists that must contain something, maps with a least size, and `not`": "madeBodies",
  "a property that is required where another part describes it": "requiredElsewhere",
  "a schema that holds itself": "recursion",
  "a schema without a name that holds itself": "referenceToItself",
  "a property called `$ref`": "propertyCalledReference",
  "an example with a property `$ref`": "referenceInExample",
  defaults: "entities",
  "what is deprecated": "entities",
  "an API key in a header, OAuth 2, and no token at all": "security",
  "two security schemes at once": "twoSchemesAtOnce",
  "an API key in a cookie": "cookieKey",
  "a server of one operation": "serversOfAnOperation",
  "an optional body": "entities",
  "maps: objects with any names": "entities",
  "a delivery of several types": "severalEvents",
  "a declared 400, 422 and `default`": "declaredErrors",
  "base64 (`byte` and `base64url`)": "formats",
  tuples: "tuples",
  "links and callbacks": "linksAndCallbacks",
  "`x-` extensions": "linksAndCallbacks",
  "64-bit integers": "largeNumbers",
  "OpenAPI 3.0": "openapi30",
}).map(([title, kind]) => ({ title, kind }));

/** Not of the corpus: the enlarged document stands in two files. */
const IN_TWO_FILES = "a document in several files";

/** The kinds of the additions that are not refused. */
export function acceptedKinds() {
  const kinds = new Set(ADDITIONS.map(({ kind }) => kindOf(kind)));
  return [...kinds].filter(({ refused }) => refused === undefined);
}

function kindOf(name: string) {
  const kind = KINDS[name];
  if (kind === undefined) throw new Error(`The corpus has no kind \`${name}\`.`);
  return kind;
}

/**
 * The table of the additions, in Markdown: each works, or is refused with the sentence of the generator.
 *
 * @param write Writes a document to a file, and returns its path.
 */
export async function additionsTable(write: (text: string) => Promise<string>): Promise<string> {
  const rows: (readonly [title: string, outcome: string])[] = [];
  for (const { title, kind: name } of ADDITIONS) {
    const kind = kindOf(name);
    if (kind.refused === undefined) {
      rows.push([title, "works"]);
      continue;
    }
    const text = JSON.stringify(documentOf([kind]));
    const error: unknown = await generate({ document: await write(text) }).catch((reason: unknown) => reason);
    if (!(error instanceof DocumentError)) throw new Error(`The generator does not refuse \`${name}\`.`);
    rows.push([title, `refused: ${error.problems[0]?.message}`]);
  }
  const all = [...rows, [IN_TWO_FILES, "works"] as const];
  return ["| addition | outcome |", "| --- | --- |", ...all.map((row) => `| ${row.join(" | ")} |`), ""].join("\n");
}
