import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("dist/main.js", import.meta.resolve("@mindbridge-sdk/cli/package.json")));

/** Runs the built `mindbridge`, and resolves with what it did once it has ended. */
export function mindbridge(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, ...args], { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      // A number is its exit code; else it was not run to its end.
      const code = error ? error.code : 0;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(error);
    });
  });
}
