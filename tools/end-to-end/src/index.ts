export { examine, type Faults } from "./examine.ts";
export { temporaryFolder } from "./installation.ts";
export { type App, type AppOptions, startApp } from "./processes.ts";
export { startWorker, type Worker } from "./workerd.ts";
