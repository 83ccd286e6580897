import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { Application, Converter, type DeclarationReflection, type ProjectReflection, ReflectionKind } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { DOCUMENT_TYPES, MODULES } from "./modules.ts";

const PACKAGES = join(ROOT, "packages");

/**
 * Writes a page for each module that users import: what it exports, from its declarations and their comments.
 *
 * @param folder The folder for the pages.
 * @throws {Error} if a link in a comment leads nowhere.
 */
export async function writeTypescriptPages(folder: string): Promise<void> {
  const tsconfig = `${folder}.tsconfig.json`;
  mkdirSync(dirname(folder), { recursive: true });
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023", "dom"],
    module: "nodenext",
    strict: true,
    skipLibCheck: true,
  };
  writeFileSync(
    tsconfig,
    JSON.stringify({ compilerOptions, files: MODULES.map(({ types }) => join(PACKAGES, types)) }),
  );
  const app = await Application.bootstrapWithPlugins({
    ...FORM,
    plugin: ["typedoc-plugin-markdown"],
    outputs: [{ name: "markdown", path: folder }],
    logLevel: "Warn",
    entryPoints: MODULES.map(({ types }) => join(PACKAGES, types)),
    tsconfig,
    // The packages are checked where they are built.
    skipErrorChecking: true,
    readme: "none",
    disableGit: true,
    disableSources: true,
    preservedTypeAnnotationTags: ["@throws"],
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeProtected: true,
    groupOrder: ["Functions", "Classes", "Interfaces", "Type Aliases", "Variables"],
    validation: { invalidLink: true, notDocumented: false, notExported: false },
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    nameModules(project);
    tidy(project);
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc found no declarations: build the packages first.");
  app.validate(project);
  await app.generateOutputs(project);
  for (const { title, specifier, description } of MODULES) {
    const page = join(folder, `${title}.md`);
    const [, text = ""] = readFileSync(page, "utf8").split(/^# .*$/m);
    const top = `---\ndescription: "${description}"\n---\n# ${specifier}\n`;
    const example = `\n\`\`\`ts\nimport … from "${specifier}";\n\`\`\`\n`;
    writeFileSync(page, `${top}${example}${text}`);
  }
  for (const file of [tsconfig, join(folder, "index.md")]) rmSync(file);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error("TypeDoc warned: see above.");
}

/** How a page looks: options in tables, and no HTML that Vue would take for its own. */
const FORM: PluginOptions = {
  outputFileStrategy: "modules",
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  useHTMLEncodedBrackets: true,
  sanitizeComments: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  propertyMembersFormat: "table",
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true,
  },
};

/** Names each module as users do, in place of its file: `client/ensure`. */
function nameModules(project: ProjectReflection): void {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const file = MODULES.find(({ types }) => types.replace(/(?:\/index)?\.d\.ts$/, "") === module.name);
    module.name = file?.title ?? module.name;
  }
}

/** Names what has no name, and removes what nobody looks up: the whole document as types, and how errors are made. */
function tidy(project: ProjectReflection): void {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All) as DeclarationReflection[]) {
    const { name, parent } = reflection;
    const isDocument = parent?.kindOf(ReflectionKind.Module) && DOCUMENT_TYPES.includes(name);
    const isOfError = parent?.kindOf(ReflectionKind.Class) && parent.name.endsWith("Error");
    // A parameter that a function takes apart has no name.
    if (name === "__namedParameters") reflection.name = "options";
    for (const tag of reflection.comment?.blockTags ?? []) {
      const thrown = tag.tag === "@throws" ? tag.typeAnnotation?.slice(1, -1) : undefined;
      if (thrown !== undefined)
        tag.content.unshift({ kind: "code", text: `\`${thrown}\`` }, { kind: "text", text: " " });
    }
    if (isDocument || (isOfError && ["constructor", "name"].includes(name))) project.removeReflection(reflection);
  }
}
