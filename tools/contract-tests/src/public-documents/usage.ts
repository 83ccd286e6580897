// In NODE_OPTIONS as `--import usage.ts`: a process and its children add to the file USAGE how much processor time they took, in ms.
import { appendFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  appendFileSync(process.env.USAGE ?? "", `${(user + system) / 1_000}\n`);
});
