#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// What is loaded from here on starts from compiled code, from the second time on.
enableCompileCache();
const { run } = await import("./run.ts");
process.exitCode = await run(process.argv.slice(2));
