export type { Document } from "./document.ts";
export { type GeneratedFiles, generate } from "./generate.ts";
export { staleFiles, writeFiles } from "./output.ts";
export { DocumentError, type Problem } from "./problem.ts";
