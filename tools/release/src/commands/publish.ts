import { run } from "../run.ts";

/** Builds the packages, and publishes those whose version the registry does not have. */
export function publish(root: string): number {
  run(root, "pnpm", "run", "build");
  run(root, "pnpm", "exec", "changeset", "publish");
  return 0;
}
