// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
export {};
