// The thread still has the mutant of the run before. Test files load without one.
Object.assign(Reflect.get(globalThis, "__stryker__") ?? {}, { activeMutant: undefined });
