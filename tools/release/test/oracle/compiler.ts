import type { GeneratedFiles } from "@mindbridge-sdk/generator";
import ts from "typescript-api";
import { highest, type Level } from "../../src/compare/change.ts";

/** What the compiler says of a part of an exported type. */
export interface Verdict {
  readonly level: Level;
  /** The module, the name that it exports, and the way from there. */
  readonly where: string;
  readonly what: string;
}

/** The compiler's answer for a change that is made, and for the same change undone. */
export interface Verdicts {
  readonly made: readonly Verdict[];
  readonly undone: readonly Verdict[];
}

/** The generated modules whose types users see. */
const MODULES = [
  "deliveries",
  "enums",
  "examples",
  "openapi",
  "operations",
  "resources",
  "server",
  "types",
  "validators",
];

/** What those modules import besides each other. No change of the document changes it. */
const STUBS: Readonly<Record<string, string>> = {
  "contract.ts": `export * from "./types.ts";\nexport * from "./openapi.ts";\n`,
  // What Node and browsers declare.
  "globals.ts": `declare global {
  interface Blob { readonly size: number }
  interface FormData { get(name: string): unknown }
  interface ReadableStream<Chunk> { readonly chunk: Chunk }
}
export {};\n`,
  "pages.ts": `import type { APIPromise } from "./resource.ts";
export interface PagePromise<Page, Item, Answer = unknown> extends APIPromise<Page> { readonly item: Item }
export declare function paginate(...all: any[]): any;\n`,
  // The type of an entity as it was read is compared where it is read, and the headers of a response in `operations`.
  "resource.ts": `export interface APIPromise<T, Answer = unknown> { readonly result: T }
export interface DeclaredResponse<Required extends string, Optional extends string = never> {}
export type AsRead<Body, Entity> = Body;
export interface RequestOptions { readonly timeout?: number }
export type RequestFunction = (...all: any[]) => any;\n`,
  "serialization.ts": `export interface UploadBody { readonly bytes: unknown }
export declare const withSerialization: any, unchanged: any, formData: any, urlEncoded: any, querySerializer: any;\n`,
  "stream.ts": `export interface StreamPromise<Body = ReadableStream<Uint8Array>, Answer = unknown> { readonly result: Body }
export declare function stream(...all: any[]): any;\n`,
  "validator.ts": `export interface Problem { readonly path: string }
export interface Validator<T> { (value: unknown): value is T }
export declare function validator(validate: unknown): any;\n`,
};

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  lib: ["lib.es2016.d.ts"],
  types: [],
};

/** Asks the compiler, export by export: can what comes still be read, and is what was sent still accepted? */
export function askCompiler(before: GeneratedFiles, after: GeneratedFiles): Verdicts {
  const texts = new Map([...modulesOf("/before", before), ...modulesOf("/after", after)]);
  const program = ts.createProgram([...texts.keys()], OPTIONS, hostOf(texts));
  const checker = program.getTypeChecker();
  for (const file of program.getSourceFiles()) if (texts.has(file.fileName)) refuseUnknownImports(checker, file);
  const exportsOf = (root: string): Exports =>
    new Map(
      MODULES.flatMap((name) => {
        const file = program.getSourceFile(`${root}/${name}.ts`);
        const module = file && checker.getSymbolAtLocation(file);
        return (module ? checker.getExportsOfModule(module) : []).map(
          (symbol) => [`${name}.${symbol.name}`, symbol] as const,
        );
      }),
    );
  const [from, to] = [exportsOf("/before"), exportsOf("/after")];
  return { made: new Walk(checker, from, to).verdicts, undone: new Walk(checker, to, from).verdicts };
}

/** Refuses an import that nothing declares: its type would be `any`, which agrees with every other. */
function refuseUnknownImports(checker: ts.TypeChecker, { fileName, statements }: ts.SourceFile): void {
  for (const { importClause } of statements.filter(ts.isImportDeclaration)) {
    const bindings = importClause?.namedBindings;
    const imported = bindings === undefined ? [] : ts.isNamedImports(bindings) ? bindings.elements : [bindings];
    for (const { name } of imported) {
      const symbol = checker.getAliasedSymbol(checker.getSymbolAtLocation(name) as ts.Symbol);
      if (symbol.declarations === undefined)
        throw new Error(`${fileName} imports ${name.text}, which no stub declares.`);
    }
  }
}

export function levelOf(verdicts: readonly Verdict[]): Level {
  return highest(verdicts.map(({ level }) => level));
}

type Exports = ReadonlyMap<string, ts.Symbol>;

/** The generated modules as files of one folder. */
function modulesOf(root: string, files: GeneratedFiles): [string, string][] {
  const generated = [...files].flatMap(([path, text]): [string, string][] => {
    const name = path.split("/").at(-1) ?? "";
    const isModule =
      /^packages\/(contract|client)\/src\/generated\/\w+\.ts$/.test(path) && MODULES.includes(name.replace(".ts", ""));
    return isModule ? [[`${root}/${name}`, inOneFolder(text)]] : [];
  });
  return [...generated, ...Object.entries(STUBS).map(([name, text]): [string, string] => [`${root}/${name}`, text])];
}

function inOneFolder(text: string): string {
  return text
    .replace('"@mindbridge-sdk/contract"', '"./contract.ts"')
    .replace(/"\.\.\/(pages|resource|serialization|stream)\.ts"/g, '"./$1.ts"')
    .replaceAll('"../validation/validator.ts"', '"./validator.ts"')
    .replace(/^import \{ validate as .*$/gm, "")
    .replace(/validator\(validate\w+\)/g, "validator(undefined)");
}

/** Files of the library and texts that no change touches are parsed once. */
const parsed = new Map<string, ts.SourceFile>();

function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const parse = (file: string, text: string): ts.SourceFile => {
    const key = `${file}\n${text}`;
    const known = parsed.get(key) ?? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
    const isUntouched = texts.get(file.replace("/after/", "/before/")) === text;
    if (isUntouched || !texts.has(file)) parsed.set(key, known);
    return known;
  };
  return {
    ...host,
    // The folders of the texts are not on the disk.
    directoryExists: () => true,
    getSourceFile: (file) => parse(file, texts.get(file) ?? host.readFile(file) ?? ""),
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    readFile: (file) => texts.get(file) ?? host.readFile(file),
  };
}

type Direction = "sent" | "read";
const opposite = { sent: "read", read: "sent" } as const;

class Walk {
  readonly verdicts: Verdict[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #visited = new Set<string>();

  constructor(checker: ts.TypeChecker, from: Exports, to: Exports) {
    this.#checker = checker;
    const both = this.#names("", from, to);
    const named = (module: string, suffix = ""): [string, ts.Type, ts.Type][] =>
      [...both].flatMap(([name, [a, b]]) =>
        name.startsWith(`${module}.`) && name.endsWith(suffix) ? [[name, this.#typeOf(a), this.#typeOf(b)]] : [],
      );
    for (const each of named("resources", "Resource")) this.#methods(...each);
    for (const each of named("deliveries", ".Deliveries")) this.#deliveries(...each);
    const calls = new Set(
      named("operations", ".OPERATIONS").flatMap(([, a, b]) =>
        [a, b].flatMap((type) => [...this.#properties(type).keys()]),
      ),
    );
    for (const each of named("openapi", ".operations")) this.#operations(...each, calls);
    for (const each of named("openapi", ".webhooks")) this.#webhooks(...each);
    for (const each of named("openapi", ".paths")) this.#keys(...each, 2);
    for (const each of named("openapi", ".components")) this.#keys(...each, 2);
    for (const each of named("examples", ".EXAMPLES")) this.#examples(...each);
    for (const each of named("examples", ".DELIVERY_EXAMPLES")) this.#keys(...each, 2);
    for (const each of named("operations", ".OPERATIONS")) this.#constants(...each);
    for (const [name, a, b] of named("types")) {
      // Nothing that is sent or comes has this type alone. One that only lists values names what is known.
      if (this.#wasVisited(a, b)) continue;
      if ([a, b].every((type) => partsOf(type).every((part) => part.isStringLiteral()))) this.#known(name, a, b);
      else this.#type(name, a, b, "read");
    }
  }

  #tell(level: Level, where: string, what: string): void {
    this.verdicts.push({ level, where, what });
  }

  /** One that is gone breaks code, and one that is new is new API. Returns those that both have. */
  #names<T>(where: string, from: ReadonlyMap<string, T>, to: ReadonlyMap<string, T>): Map<string, readonly [T, T]> {
    const both = new Map<string, readonly [T, T]>();
    for (const [name, value] of from) {
      const now = to.get(name);
      if (now === undefined) this.#tell("major", `${where}${name}`, "is gone");
      else both.set(name, [value, now]);
    }
    for (const name of to.keys()) if (!from.has(name)) this.#tell("minor", `${where}${name}`, "is new");
    return both;
  }

  #typeOf(symbol: ts.Symbol): ts.Type {
    const checker = this.#checker;
    return symbol.flags & ts.SymbolFlags.Value
      ? checker.getTypeOfSymbol(symbol)
      : checker.getDeclaredTypeOfSymbol(symbol);
  }

  /** The properties that can be there: an optional one of the type `never` stands for none. */
  #properties(type: ts.Type): Map<string, ts.Symbol> {
    const all = this.#checker.getPropertiesOfType(this.#checker.getNonNullableType(type));
    return new Map(
      all.filter((each) => !(this.#valueOf(each).flags & ts.TypeFlags.Never)).map((each) => [each.name, each]),
    );
  }

  #valueOf(property: ts.Symbol): ts.Type {
    return this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property));
  }

  #property(type: ts.Type, name: string): ts.Type | undefined {
    const property = this.#properties(type).get(name);
    return property && this.#valueOf(property);
  }

  /** The keys of a constant or of a type that is indexed, to a depth. */
  #keys(where: string, from: ts.Type, to: ts.Type, depth: number): void {
    if (depth === 0) return;
    const both = this.#names(`${where}.`, this.#properties(from), this.#properties(to));
    for (const [name, [a, b]] of both) {
      const isData = [a, b].some(
        (each) => this.#valueOf(each).flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike),
      );
      // What a path item says of its parameters itself, the operations say again.
      if (!isData && name !== "parameters")
        this.#keys(`${where}.${name}`, this.#valueOf(a), this.#valueOf(b), depth - 1);
    }
  }

  #examples(where: string, from: ts.Type, to: ts.Type): void {
    for (const [name, [a, b]] of this.#names(`${where}.`, this.#properties(from), this.#properties(to))) {
      for (const [part, depth] of [
        ["request", 1],
        ["responses", 2],
      ] as const) {
        const [x, y] = [a, b].map((each) => this.#property(this.#valueOf(each), part));
        if (x && y) this.#keys(`${where}.${name}.${part}`, x, y, depth);
        else if (x) this.#tell("major", `${where}.${name}.${part}`, "is gone");
        else if (y) this.#tell("minor", `${where}.${name}.${part}`, "is new");
      }
    }
  }

  #methods(where: string, from: ts.Type, to: ts.Type): void {
    for (const [name, pair] of this.#names(`${where}.`, this.#properties(from), this.#properties(to))) {
      const [a, b] = pair.map((each) => this.#checker.getTypeOfSymbol(each).getCallSignatures()[0]);
      // A resource within another has an interface of its own, which is compared as such.
      if (a === undefined && b === undefined) continue;
      if (a === undefined || b === undefined) {
        this.#tell("major", `${where}.${name}`, "is a method or a resource, and was the other");
        continue;
      }
      for (const [index, parameter] of a.parameters.entries()) {
        const now = b.parameters[index];
        if (now === undefined) this.#tell("major", `${where}.${name}`, `takes no ${parameter.name}`);
        else
          this.#type(
            `${where}.${name}(${parameter.name})`,
            this.#checker.getTypeOfSymbol(parameter),
            this.#checker.getTypeOfSymbol(now),
            "sent",
          );
      }
      const [least, needs] = [a, b].map(
        (each) =>
          each.parameters.filter((parameter) => !(parameter.valueDeclaration as ts.ParameterDeclaration).questionToken)
            .length,
      ) as [number, number];
      if (needs > least) this.#tell("major", `${where}.${name}`, "asks for more");
      if (needs < least) this.#tell("minor", `${where}.${name}`, "asks for less");
      this.#type(`${where}.${name}()`, a.getReturnType(), b.getReturnType(), "read");
    }
  }

  #operations(where: string, from: ts.Type, to: ts.Type, calls: ReadonlySet<string>): void {
    for (const [name, [a, b]] of this.#names(`${where}.`, this.#properties(from), this.#properties(to))) {
      // A delivery with an operationId is among them, and no operation of the client.
      this.#exchange(`${where}.${name}`, this.#valueOf(a), this.#valueOf(b), calls.has(name) ? "sent" : "read");
    }
  }

  #deliveries(where: string, from: ts.Type, to: ts.Type): void {
    for (const [name, [a, b]] of this.#names(`${where}.`, this.#properties(from), this.#properties(to))) {
      this.#type(`${where}.${name}`, this.#valueOf(a), this.#valueOf(b), "read", true);
    }
  }

  #webhooks(where: string, from: ts.Type, to: ts.Type): void {
    for (const [name, [a, b]] of this.#names(`${where}.`, this.#properties(from), this.#properties(to))) {
      const [was, is] = [a, b].map((each) => this.#properties(this.#valueOf(each))) as [
        Map<string, ts.Symbol>,
        Map<string, ts.Symbol>,
      ];
      for (const each of [was, is]) each.delete("parameters");
      for (const [method, [x, y]] of this.#names(`${where}.${name}.`, was, is)) {
        this.#exchange(`${where}.${name}.${method}`, this.#valueOf(x), this.#valueOf(y), "read");
      }
    }
  }

  /** An operation or a delivery: its parameters, its body, and its responses. */
  #exchange(where: string, from: ts.Type, to: ts.Type, request: Direction): void {
    const parts = (type: ts.Type, name: string): Map<string, ts.Symbol> => {
      const part = this.#property(type, name);
      return part === undefined ? new Map() : this.#properties(part);
    };
    for (const kind of ["query", "header", "path", "cookie"]) {
      const [a, b] = [from, to].map(
        (type) =>
          parts(type, "parameters").get(kind)?.valueDeclaration &&
          this.#property(this.#property(type, "parameters") as ts.Type, kind),
      );
      if (a && b) this.#type(`${where}.${kind}`, a, b, request);
      else if (a) this.#tell("major", `${where}.${kind}`, "is gone");
      else if (b) this.#tell("minor", `${where}.${kind}`, "is new");
    }
    const [isOptional, isOptionalNow] = [from, to].map(
      (type) => (this.#properties(type).get("requestBody")?.flags ?? 0) & ts.SymbolFlags.Optional,
    );
    if (isOptional !== isOptionalNow)
      this.#tell(
        (request === "sent") === (isOptionalNow === 0) ? "major" : "minor",
        `${where}.requestBody`,
        "is asked for, or no longer",
      );
    this.#content(
      `${where}.requestBody`,
      this.#property(from, "requestBody"),
      this.#property(to, "requestBody"),
      request,
      request === "read",
    );
    for (const [status, [a, b]] of this.#names(
      `${where}.responses.`,
      parts(from, "responses"),
      parts(to, "responses"),
    )) {
      const [x, y] = [this.#valueOf(a), this.#valueOf(b)];
      const [headers, now] = [this.#property(x, "headers"), this.#property(y, "headers")];
      if (headers && now) this.#type(`${where}.${status}.headers`, headers, now, opposite[request]);
      this.#content(`${where}.${status}`, x, y, opposite[request]);
    }
  }

  #content(
    where: string,
    from: ts.Type | undefined,
    to: ts.Type | undefined,
    direction: Direction,
    isDelivery = false,
  ): void {
    const mediaTypes = (type: ts.Type | undefined): Map<string, ts.Symbol> => {
      const content = type && this.#property(type, "content");
      return content === undefined ? new Map() : this.#properties(content);
    };
    for (const [type, [a, b]] of this.#names(`${where}.`, mediaTypes(from), mediaTypes(to))) {
      this.#type(
        `${where}.${type}`,
        this.#checker.getTypeOfSymbol(a),
        this.#checker.getTypeOfSymbol(b),
        direction,
        isDelivery,
      );
    }
  }

  /** What the table of the operations says of each. */
  #constants(where: string, from: ts.Type, to: ts.Type): void {
    for (const [name, [a, b]] of this.#names(`${where}.`, this.#properties(from), this.#properties(to))) {
      for (const key of ["method", "path", "pathParameters"]) {
        const [was, is] = [a, b].map((each) =>
          this.#checker.typeToString(this.#property(this.#valueOf(each), key) as ts.Type),
        );
        if (was !== is) this.#tell("major", `${where}.${name}.${key}`, `is ${is}; it was ${was}`);
      }
    }
  }

  #wasVisited(from: ts.Type, to: ts.Type): boolean {
    return ["sent", "read"].some((direction) => this.#visited.has(keyOf(from, to, direction as Direction)));
  }

  /** Two types of the same value: as a whole, by their literals, and property by property. */
  #type(where: string, from: ts.Type, to: ts.Type, direction: Direction, isDelivery = false): void {
    const key = keyOf(from, to, direction);
    if (this.#visited.has(key)) return;
    this.#visited.add(key);
    const isSent = direction === "sent";
    const [given, taken] = isSent ? [from, to] : [to, from];
    const fits = this.#checker.isTypeAssignableTo(given, taken);
    if (!fits) this.#tell("major", where, isSent ? "what was sent is not accepted" : "what comes is not what came");
    else if (!this.#checker.isTypeAssignableTo(taken, given))
      this.#tell("minor", where, isSent ? "accepts more" : "promises more");
    if ([from, to].some((type) => type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any))) return;
    this.#literals(where, from, to, isSent);

    const [a, b] = [this.#checker.getNonNullableType(from), this.#checker.getNonNullableType(to)];
    const [item, now] = [a, b].map((each) =>
      this.#checker.isArrayType(each) ? this.#checker.getTypeArguments(each as ts.TypeReference)[0] : undefined,
    );
    if (item && now) this.#type(`${where}[]`, item, now, direction);
    if ((item && now) || [a, b].some((each) => partsOf(each).some(isScalar))) return;
    const [any, anyNow] = [a, b].map((each) => this.#checker.getIndexInfoOfType(each, ts.IndexKind.String));
    if (any && !anyNow) this.#tell("major", where, "no longer has fields of any name");
    if (anyNow && !any) this.#tell("minor", where, "has fields of any name");
    for (const [name, [was, is]] of this.#names(`${where}.`, this.#properties(a), this.#properties(b))) {
      // Which types of delivery there are is a matter of the keys of `Deliveries`.
      if (name === "type" && isDelivery) continue;
      if (!isReadonly(a, was) && isReadonly(b, is)) this.#tell("major", `${where}.${name}`, "cannot be assigned to");
      if (isReadonly(a, was) && !isReadonly(b, is)) this.#tell("minor", `${where}.${name}`, "can be assigned to");
      this.#type(`${where}.${name}`, this.#checker.getTypeOfSymbol(was), this.#checker.getTypeOfSymbol(is), direction);
    }
  }

  #known(where: string, from: ts.Type, to: ts.Type): void {
    const named = (type: ts.Type) => new Map([...literalsOf(type)].map((value) => [value, value]));
    this.#names(`${where} `, named(from), named(to));
  }

  /** Code compares with the values that are listed, and editors complete them, though others may come. */
  #literals(where: string, from: ts.Type, to: ts.Type, isSent: boolean): void {
    const [a, b] = [literalsOf(from), literalsOf(to)];
    const [wasOpen, isOpen] = [takesAnyText(from), takesAnyText(to)];
    const isOpened = isSent && isOpen && !wasOpen;
    if ([...a].some((value) => !b.has(value))) this.#tell(isOpen ? "minor" : "major", where, "a value is gone");
    if ([...b].some((value) => !a.has(value)) && (isOpen || isSent)) this.#tell("minor", where, "a value is new");
    if (wasOpen !== isOpen && a.size + b.size > 0 && !isText(from) && !isText(to))
      this.#tell(isOpened ? "minor" : "major", where, "is opened or closed");
    if (!isSent && isText(from) && b.size > 0 && !isOpen) this.#tell("major", where, "only takes what is listed");
  }
}

const keyOf = (from: ts.Type, to: ts.Type, direction: Direction): string =>
  [from, to].map((type) => (type as ts.Type & { id: number }).id).join(" ") + direction;

const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

function literalsOf(type: ts.Type): Set<string> {
  return new Set(
    partsOf(type).flatMap((part) =>
      part.isStringLiteral() || part.isNumberLiteral() ? [JSON.stringify(part.value)] : [],
    ),
  );
}

/** Whether the properties of a type are those of a text, a number or a boolean. */
const isScalar = (type: ts.Type): boolean =>
  (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) !== 0 ||
  (type.isIntersection() && type.types.some(isScalar));

const isText = (type: ts.Type): boolean => partsOf(type).some((part) => part.flags & ts.TypeFlags.String);

/** `string`, or `string & {}` beside literals. */
const takesAnyText = (type: ts.Type): boolean =>
  partsOf(type).some((part) => isText(part) || (part.isIntersection() && part.types.some(isText)));

/** Each part of an intersection has to say so. */
function isReadonly(type: ts.Type, { declarations = [] }: ts.Symbol): boolean {
  const saysSo = (each: ts.Declaration): boolean =>
    (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Readonly) !== 0;
  return type.isIntersection() ? declarations.length > 0 && declarations.every(saysSo) : declarations.some(saysSo);
}
