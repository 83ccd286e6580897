import { existsSync, globSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Change } from "./compare/change.ts";
import { type Files, readKept } from "./files.ts";

/** The names that users import, by the module that exports them: `@mindbridge-sdk/client/contract`. */
type ExportedNames = Readonly<Record<string, readonly string[]>>;

const KEPT = "tools/release/released-exports.json";

/** Keeps the names that have just got a version. Later ones are compared with them. */
export async function writeExportedNames(files: Files): Promise<void> {
  writeFileSync(join(files.root, KEPT), `${JSON.stringify(await exportedNames(files), null, 2)}\n`);
}

/** The names that the last release exported and that are gone. Those that another change tells of are left out. */
export async function lostNames(files: Files, told: readonly Change[]): Promise<Change[]> {
  if (!existsSync(join(files.root, KEPT))) return [];
  const released: ExportedNames = readKept(files, KEPT, JSON.parse);
  const now = await exportedNames(files);
  const lost = Object.entries(released).flatMap(([module, names]) =>
    names.filter((name) => now[module]?.includes(name) !== true).map((name) => ({ module, name })),
  );
  return [...Map.groupBy(lost, ({ name }) => name)]
    .filter(([name]) => !told.some(({ what }) => what.includes(`\`${name}\``)))
    .map(([name, from]) => ({
      level: "major",
      directions: ["name"],
      operations: [],
      pointer: "#",
      keyword: "exports",
      what: `\`${name}\` is no longer exported by ${from.map(({ module }) => `\`${module}\``).join(" and ")}.`,
    }));
}

/** Reads the built declarations of the packages. */
async function exportedNames(files: Files): Promise<ExportedNames> {
  const modules = declarationsOf(files);
  // The compiler takes a second to load.
  const { default: ts } = await import("typescript-api");
  const { NodeNext: module } = ts.ModuleKind;
  const { NodeNext: moduleResolution } = ts.ModuleResolutionKind;
  // Names need no declarations of the language, which take most of the time.
  const options = { module, moduleResolution, noLib: true, skipLibCheck: true, types: [] };
  const program = ts.createProgram([...modules.values()], options);
  const checker = program.getTypeChecker();
  const namesIn = (file: string): string[] => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    return (symbol ? checker.getExportsOfModule(symbol) : []).map(({ name }) => name).toSorted();
  };
  return Object.fromEntries([...modules].map(([name, file]) => [name, namesIn(file)]));
}

/** The declarations of each module that users can import. */
function declarationsOf(files: Files): Map<string, string> {
  const manifests = globSync("packages/*/package.json", { cwd: files.root }).toSorted();
  return new Map(
    manifests.flatMap((manifest) => {
      const { name, exports = {} } = readKept(files, manifest.replaceAll("\\", "/"), JSON.parse);
      return Object.entries<{ readonly types?: string } | string>(exports).flatMap(([entry, target]) => {
        const types = typeof target === "string" ? undefined : target.types;
        if (types === undefined) return [];
        const file = join(dirname(manifest), types).replaceAll("\\", "/");
        if (!existsSync(join(files.root, file)))
          throw new Error(`\`${file}\` does not exist. Build the packages: \`pnpm build\`.`);
        return [[`${name}${entry.slice(1)}`, join(files.root, file)] as const];
      });
    }),
  );
}
