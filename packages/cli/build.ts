// Builds the command. What starts it is in one file, since each file takes time to load. What a command does is in files of its own, which
// are loaded when it runs.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { createProgram } from "./src/program.ts";

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

/** What is loaded later, with `import("…")`. */
const loadedLater = new Set<string>();

/** Leaves what is loaded later to a build of its own. `run.ts` is in the file that starts: all but the help needs it. */
const laterModules: Plugin = {
  name: "later-modules",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import" || path === "./run.ts") return undefined;
      loadedLater.add(resolve(resolveDir, path));
      return { path: `./${basename(path, ".ts")}.js`, external: true };
    });
  },
};

const options = {
  outdir: "dist",
  entryNames: "[name]",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22.13",
  external: ["@clack/prompts", "@mindbridge-sdk/*"],
  // It is commander with more types.
  alias: { "@commander-js/extra-typings": "commander" },
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
} satisfies BuildOptions;

/** What `mindbridge --help` prints into 80 columns. */
function help(): string {
  let text = "";
  createProgram([], () => async () => {}, process)
    .configureOutput({ getOutHelpWidth: () => 80, getOutHasColors: () => false, writeOut: (part) => (text += part) })
    .outputHelp();
  return text;
}

rmSync("dist", { recursive: true, force: true });
await build({
  ...options,
  entryPoints: ["src/main.ts"],
  plugins: [lazyModules, laterModules],
  define: { HELP: JSON.stringify(help()) },
});
await build({ ...options, entryPoints: [...loadedLater], splitting: true });

/** The page of `listen --inspect`, in a single file. */
const page = await build({
  entryPoints: { script: "src/inspector/page.tsx", style: "src/inspector/page.css" },
  outdir: "dist",
  write: false,
  bundle: true,
  format: "esm",
  target: "es2024",
  minify: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
});
const html = page.outputFiles.reduce(
  (whole, { path, text }) =>
    whole.replace(path.endsWith(".css") ? "</style>" : "</script>", (end) => text.trim() + end),
  readFileSync("src/inspector/page.html", "utf8"),
);
writeFileSync("dist/inspector.html", html);

// Their licences ask for it.
copyFileSync(new URL("LICENSE", import.meta.resolve("commander")), "dist/commander.LICENSE");
copyFileSync(
  new URL("../license", import.meta.resolve("fast-string-truncated-width")),
  "dist/fast-string-truncated-width.LICENSE",
);
copyFileSync(new URL("../LICENSE", import.meta.resolve("preact")), "dist/preact.LICENSE");
