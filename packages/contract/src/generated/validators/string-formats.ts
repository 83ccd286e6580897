// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
export const dateTime = /^\d\d\d\d-[0-1]\d-[0-3]\dt(?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)$/i;
