import { join } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  // The packages of this repository are links to folders outside this one.
  turbopack: { root: join(import.meta.dirname, "../..") },
};

export default config;
