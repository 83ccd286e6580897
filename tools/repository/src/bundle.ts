import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bundles a program for browsers, and minifies it. */
export async function bundle(
  program: string,
  { resolveDir, external = [] }: { readonly resolveDir: string; readonly external?: readonly string[] },
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: [...external],
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/** The size of code once it is compressed, in bytes. */
export const compressedSize = (code: string): number => gzipSync(code, { level: 9 }).length;
