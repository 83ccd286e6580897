// Runs before each test file. The test files of a package share a process, but for those named `*.isolated.test.ts`. This fails a file
// that leaves the process otherwise than it found it.
import { afterAll, expect, vi } from "vitest";

// Commands that are tested would colour output that goes to no terminal.
delete process.env.FORCE_COLOR;

const REMEDY = "This file shares its process with others: undo the change, or name the file *.isolated.test.ts.";
const GLOBALS = ["fetch", "Request", "Response", "Headers", "crypto", "WebSocket", "Date", "performance", "console"];
const TIMERS = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "queueMicrotask"];

/** What a test file may have changed for others: the folder, the environment and the globals. */
const state = (): Map<string, unknown> =>
  new Map<string, unknown>([
    ["the working folder", process.cwd()],
    ...Object.entries(process.env),
    ...[...GLOBALS, ...TIMERS].map((name) => [name, Reflect.get(globalThis, name)] as const),
  ]);

if (!expect.getState().testPath?.endsWith(".isolated.test.ts")) {
  const refuse = () => {
    throw new Error(`Other files would get the module that this one replaces. ${REMEDY}`);
  };
  Object.assign(vi, { mock: refuse, doMock: refuse, resetModules: refuse });
  const before = state();
  afterAll(() => {
    // The configuration has vitest do both before the next test.
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    const after = state();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (name) => before.get(name) !== after.get(name),
    );
    expect(changed, REMEDY).toEqual([]);
  });
}
