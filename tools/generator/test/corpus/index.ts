import * as alternatives from "./alternatives.ts";
import * as cookies from "./cookies.ts";
import * as declaredErrors from "./declared-errors.ts";
import * as discriminator from "./discriminator.ts";
import * as downloads from "./downloads.ts";
import * as entities from "./entities.ts";
import * as events from "./events.ts";
import * as formats from "./formats.ts";
import * as jsonMediaTypes from "./json-media-types.ts";
import type { Kind } from "./kind.ts";
import * as linksAndCallbacks from "./links-and-callbacks.ts";
import * as madeBodies from "./made-bodies.ts";
import * as methodNames from "./method-names.ts";
import * as mistakes from "./mistakes.ts";
import * as numbers from "./numbers.ts";
import * as otherVersions from "./other-versions.ts";
import * as pages from "./pages.ts";
import * as parameterValues from "./parameter-values.ts";
import * as pathParameters from "./path-parameters.ts";
import * as plainOperations from "./plain-operations.ts";
import * as queryStyles from "./query-styles.ts";
import * as readAndWriteOnly from "./read-and-write-only.ts";
import * as recursion from "./recursion.ts";
import * as references from "./references.ts";
import * as required from "./required.ts";
import * as schemaNames from "./schema-names.ts";
import * as security from "./security.ts";
import * as tuples from "./tuples.ts";
import * as uploads from "./uploads.ts";

export { documentOf, type Kind, operation } from "./kind.ts";

/** The kinds of things that documents hold, by name: each file exports some. */
export const KINDS: Readonly<Record<string, Kind>> = {
  ...alternatives,
  ...cookies,
  ...declaredErrors,
  ...discriminator,
  ...downloads,
  ...entities,
  ...events,
  ...formats,
  ...jsonMediaTypes,
  ...linksAndCallbacks,
  ...madeBodies,
  ...methodNames,
  ...mistakes,
  ...numbers,
  ...otherVersions,
  ...pages,
  ...parameterValues,
  ...pathParameters,
  ...plainOperations,
  ...queryStyles,
  ...readAndWriteOnly,
  ...recursion,
  ...references,
  ...required,
  ...schemaNames,
  ...security,
  ...tuples,
  ...uploads,
};
