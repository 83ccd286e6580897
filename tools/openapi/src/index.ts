export {
  type Content,
  type Document,
  type Header,
  JSON_MEDIA_TYPE,
  METHODS,
  type MediaType,
  type Method,
  type OperationObject,
  type Pagination,
  type Parameter,
  type PathItem,
  type Reference,
  type RequestBody,
  type ResponseObject,
  type Schema,
  type SchemaObject,
  type SecurityRequirement,
  type SecurityScheme,
  type Server,
  type ServerVariable,
} from "./document.ts";
export * as edits from "./edits.ts";
export { type Edit, edited, keepOnly } from "./edits.ts";
export { camelCase, methodNameOf, type NamedOperation, pascalCase } from "./names.ts";
export {
  BASES,
  basisOf,
  type Delivery,
  type DeliveryEvent,
  deliveriesOf,
  deliveryTypes,
  type Example,
  eventsOf,
  examplesOf,
  isJson,
  jsonContent,
  jsonMediaType,
  type Operation,
  operationsOf,
  parameterName,
  parametersOf,
} from "./operations.ts";
export {
  below,
  canonicalJson,
  isObject,
  keysOf,
  type Located,
  pointerOf,
  propertyPointer,
  valueAt,
} from "./pointer.ts";
export { readDocument, SPEC } from "./read.ts";
export {
  dereference,
  follow,
  isAnnotation,
  isReference,
  keywordsOf,
  resolve,
  resolveSchema,
  schemaName,
  target,
} from "./resolve.ts";
export {
  allOfParts,
  childrenOf,
  defaultIn,
  isBinary,
  mapSubschemas,
  openEnumName,
  propertySchema,
  SCHEMA_KEYWORDS,
  SCHEMA_LISTS,
  SCHEMA_MAPS,
  typesOf,
} from "./schemas.ts";
export { type Direction, type Root, rootsOf, type Visit, walk, walkOperation } from "./walk.ts";
