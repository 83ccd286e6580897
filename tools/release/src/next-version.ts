import type { Level } from "./diff/level.ts";

/** The version that follows one of the form `1.2.3`. */
export function nextVersion(version: string, level: Level): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const next: Readonly<Record<Level, string>> = {
    major: `${major + 1}.0.0`,
    minor: `${major}.${minor + 1}.0`,
    patch: `${major}.${minor}.${patch + 1}`,
    none: version,
  };
  return next[level];
}
