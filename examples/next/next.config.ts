import { join } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  // Where it is tested, its packages are in folders above this one.
  turbopack: { root: join(import.meta.dirname, "../..") },
};

export default config;
