import { spawnSync } from "node:child_process";
import type { Section } from "../measure/group.ts";
import { inTurns } from "../measure/rounds.ts";
import { CLIENTS, programOf } from "./programs.ts";

const ROUNDS = 21;

/** Starts Node on a program, and takes the time until it has ended, in milliseconds. */
function start(program: string): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  const time = performance.now() - begin;
  if (status !== 0) throw new Error(stderr);
  return time;
}

export const coldStart: Section = {
  name: "cold-start",
  title: "Cold start",
  async measure() {
    const connect = (program: string) => `
      import { connect } from ${JSON.stringify(programOf(program))};
      connect({ baseUrl: "http://127.0.0.1:9", token: "a-token" });`;
    const programs = {
      "an empty program": "",
      ...Object.fromEntries(Object.entries(CLIENTS).map(([name, program]) => [name, connect(program)])),
      "@mindbridge-sdk/receiver": 'import "@mindbridge-sdk/receiver";',
    };
    const rounds = Object.entries(programs).map(([name, program]) => [name, () => start(program)] as const);
    return [
      await inTurns(
        {
          title: "Starting Node, importing and constructing",
          unit: "ms",
          better: "lower",
          note: "bare fetch imports one small module. hey-api's client is TypeScript, whose types Node strips first.",
        },
        Object.fromEntries(rounds),
        ROUNDS,
      ),
    ];
  },
};
