import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import ts from "typescript";
import { DOCUMENT_TYPES, MODULES } from "./modules.ts";

/**
 * The names that users import and that have no comment, such as `@mindbridge-sdk/receiver/node: nodeListener`. The pages of the modules
 * would have nothing to say of them.
 *
 * @throws {Error} if a package is not built.
 */
export function namesWithoutComment(): string[] {
  const files = MODULES.map(({ types }) => join(ROOT, "packages", types));
  // Names and comments need none of the language's own types, which take most of the time.
  const program = ts.createProgram(files, { module: ts.ModuleKind.NodeNext, noLib: true, types: [] });
  const checker = program.getTypeChecker();
  const hasComment = (symbol: ts.Symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return original.getDocumentationComment(checker).length > 0;
  };
  return MODULES.flatMap(({ specifier }, index) => {
    const file = program.getSourceFile(files[index] ?? "");
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${specifier} has no declarations: build the packages first.`);
    return checker
      .getExportsOfModule(module)
      .filter((symbol) => !DOCUMENT_TYPES.includes(symbol.name) && !hasComment(symbol))
      .map(({ name }) => `${specifier}: ${name}`);
  });
}
