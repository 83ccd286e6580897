// What a test file does while it loads is done without a mutant: the thread still has that of the run before.
Object.assign(Reflect.get(globalThis, "__stryker__") ?? {}, { activeMutant: undefined });
