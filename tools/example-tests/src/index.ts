export { type App, type AppOptions, startApp } from "./app.ts";
export { type Examination, examine } from "./examine.ts";
export { createSigningKey, type SigningKey } from "./signing-key.ts";
