// Builds the command. What starts it is in as few files as possible, since each takes time to load. What a command does is in files of
// its own, which are loaded when it runs.
import { copyFileSync, rmSync } from "node:fs";
import { build, type Plugin } from "esbuild";

/**
 * Loads the modules of Node that commander imports only once it uses one: they would take longer than everything else together.
 * commander uses most of them for commands that are separate programs, and we have none.
 */
const lazyModules: Plugin = {
  name: "lazy-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(?:child_process|fs|process|util)$/ }, ({ path, importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: "lazy" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "lazy" }, ({ path }) => ({
      contents: `
        const load = () => globalThis.process.getBuiltinModule(${JSON.stringify(path)});
        export default new Proxy({}, { get: (_, name) => load()[name], set: (_, name, value) => ((load()[name] = value), true) });
        export const stripVTControlCharacters = (text) =>
          /[\\u001b\\u009b]/.test(text) ? load().stripVTControlCharacters(text) : text;`,
    }));
  },
};

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.13",
  external: ["@clack/prompts", "@mindbridge-sdk/*"],
  // It is commander with more types.
  alias: { "@commander-js/extra-typings": "commander" },
  plugins: [lazyModules],
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
});
// Their licences ask for it.
copyFileSync(new URL("LICENSE", import.meta.resolve("commander")), "dist/commander.LICENSE");
copyFileSync(
  new URL("../license", import.meta.resolve("fast-string-truncated-width")),
  "dist/fast-string-truncated-width.LICENSE",
);
