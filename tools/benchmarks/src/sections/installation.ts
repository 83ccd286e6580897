import { execFileSync } from "node:child_process";
import { globSync, lstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packAll } from "@mindbridge-sdk/end-to-end/installation";
import { counted, type Section } from "../measure.ts";
import { peerVersions } from "../peers.ts";

/** The other packages of this repository that each installation brings along. */
const OURS = {
  "@mindbridge-sdk/client": ["contract"],
  "@mindbridge-sdk/receiver": ["contract"],
  "@mindbridge-sdk/cli": ["contract", "client", "receiver", "spec", "testing"],
};
const PEERS = ["openapi-fetch", "ofetch", "ky", "@octokit/core", "openai", "stripe", "standardwebhooks", "svix"];

/** What `npm install` leaves in an empty folder, without optional peers. */
export const installation: Section = {
  name: "installation",
  title: "Installation",
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), "installation-"));
    try {
      const tarballs = await packAll(folder);
      const versions = peerVersions();
      const wanted = [
        ...Object.entries(OURS).map(([name, others]) => {
          const names = [name, ...others.map((other) => `@mindbridge-sdk/${other}`)];
          return [name, names.map((each) => tarballs[each] ?? "")] as const;
        }),
        ...PEERS.map((name) => [name, [`${name}@${versions[name]}`]] as const),
      ];
      const installed = wanted.map(([name, specifiers]) => [name, install(specifiers)] as const);
      const title = "What an installation takes";
      const limit = "openapi-fetch";
      const note =
        "The client wraps openapi-fetch, and the command line uses the client: they cannot take less than that does.";
      return [
        counted(
          { title, unit: "KB", limit, note },
          Object.fromEntries(installed.map(([name, { bytes }]) => [name, bytes / 1_000])),
        ),
        counted(
          { title: `${title}: packages`, unit: "packages", limit, note },
          Object.fromEntries(installed.map(([name, { packages }]) => [name, packages])),
        ),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function install(specifiers: readonly string[]): { bytes: number; packages: number } {
  const folder = mkdtempSync(join(tmpdir(), "installed-"));
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    const options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
    execFileSync("npm", ["install", ...options, ...specifiers], { cwd: folder, stdio: "pipe" });
    const files = globSync("node_modules/**", { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0);
    const listed = execFileSync("npm", ["ls", "--all", "--parseable"], { cwd: folder, encoding: "utf8" });
    // The first line is the folder itself.
    return { bytes, packages: listed.trim().split("\n").length - 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
