// Builds the client in one file, with the values of the contract in it, since each file takes time to load. What users import separately has
// files of its own.
import { rmSync } from "node:fs";
import { type BuildOptions, build, type Plugin } from "esbuild";

const options = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2023",
  external: ["@mindbridge-sdk/contract/*", "openapi-fetch"],
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
} satisfies BuildOptions;

/** Takes the classes of errors from the client's file: `instanceof` knows no second copy. */
const errorsOfClient: Plugin = {
  name: "errors-of-client",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/errors\.ts$/ }, () => ({ path: "./index.js", external: true }));
  },
};

rmSync("dist", { recursive: true, force: true });
await build({ ...options, entryPoints: ["src/index.ts"] });
const others = ["src/contract.ts", "src/ensure.ts", "src/redact.ts"];
await build({ ...options, entryPoints: others, plugins: [errorsOfClient] });
