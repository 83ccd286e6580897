import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { codeBlocks } from "@mindbridge-sdk/repository/markdown";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";
import { type MockServer, startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { compileAndRun, writePrograms } from "../src/compatibility/programs.ts";
import { compilerOptions, install, packAll, temporaryFolder } from "../src/installation.ts";

const packages = publishedPackages();
const { resolve } = createRequire(import.meta.url);
const tsc = join(resolve("typescript/package.json"), "../bin/tsc");
/** The examples of the READMEs also need these, in the versions of this repository. */
const besides = Object.fromEntries(
  ["@hono/standard-validator", "@types/node", "hono", "msw"].map((name) => [
    name,
    JSON.parse(readFileSync(join(import.meta.dirname, "../node_modules", name, "package.json"), "utf8"))
      .version as string,
  ]),
);
const temporary = await temporaryFolder("packages");
/** The packages as published, installed into an empty folder. */
const home = join(temporary.path, "home");
const tarballs = await packAll(temporary.path);

const document = join(home, "node_modules/@mindbridge-sdk/spec/openapi.yaml");
let mock: MockServer;

beforeAll(async () => {
  await install(home, { ...tarballs, ...besides });
  mock = await startMockServer({ document });
}, 120_000);
afterAll(async () => {
  await mock.close();
  await temporary[Symbol.asyncDispose]();
});

/** Nobody imports code from these: a document, and a command. */
const NO_LIBRARIES = ["@mindbridge-sdk/spec", "@mindbridge-sdk/cli"];

/** The most bytes that each tarball may have: a fifth more than when this was written. Raise one only with a reason. */
const BUDGETS: Readonly<Record<string, number>> = {
  "@mindbridge-sdk/spec": 15_000,
  "@mindbridge-sdk/contract": 68_000,
  // 1 KB of it says which option cannot work, and why.
  "@mindbridge-sdk/client": 69_000,
  // 3 KB of it name the option or the key that cannot work, and the cause; 5 KB say what a handler or a store did wrong; 3 KB are SKILL.md.
  "@mindbridge-sdk/receiver": 163_000,
  // 8 KB of it mend Prism.
  "@mindbridge-sdk/testing": 139_000,
  // 20 KB of it are the page of `listen --inspect`, and 6 KB the commands of profiles and of completion, and tables.
  "@mindbridge-sdk/cli": 100_000,
};

const tarballOf = (name: string): string => (tarballs[name] ?? "").replace("file:", "");

/** The files of an installed package. */
function installedFiles(name: string): string[] {
  const folder = join(home, "node_modules", name);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

describe.each(packages)("$name", ({ name, folder }) => {
  test("holds what a user needs, and nothing else", () => {
    const files = installedFiles(name);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const unexpected = files.filter(
      (file) =>
        !/^(?:LICENSE|README\.md|SKILL\.md|CHANGELOG\.md|package\.json|openapi\.yaml|dist\/.+|src\/.+\.ts)$/.test(file),
    );
    expect(unexpected).toEqual([]);
  });

  test("stays within its budget of size", () => {
    expect(statSync(tarballOf(name)).size).toBeLessThanOrEqual(BUDGETS[name] ?? 0);
  });

  test("has source maps that lead to sources in it, or in the package that they are from", () => {
    const maps = installedFiles(name).filter((file) => file.endsWith(".map"));
    const installed = join(home, "node_modules", name);
    const missing = maps.flatMap((map) => {
      const { sources, sourceRoot = "" } = JSON.parse(readFileSync(join(installed, map), "utf8"));
      return (sources as string[])
        .map((source) => join(map, "..", sourceRoot, source))
        .filter((source) => !existsSync(join(installed, source)));
    });
    expect(missing).toEqual([]);
    expect(maps.length > 0).toBe(!NO_LIBRARIES.includes(name));
  });

  test("has a manifest without fault", async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(home, "node_modules", name),
      pack: false,
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has types that lead where its exports do", async () => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const hasTypes = JSON.stringify(manifest.exports).includes(".d.ts");
    expect(hasTypes).toBe(!NO_LIBRARIES.includes(name));
    if (!hasTypes) return;
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarballOf(name))));
    const problems = analysis.types === false ? ["It has no types."] : analysis.problems;
    // The packages are ESM only: nobody has to find the types of a `require`.
    const ofRequire = ["node10", "node16-cjs"];
    expect(problems.filter((problem) => !ofRequire.includes(Object(problem).resolutionKind))).toEqual([]);
  });

  test("says in its manifest what npm and its users ask for", () => {
    const manifest = JSON.parse(readFileSync(join(home, "node_modules", name, "package.json"), "utf8"));
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/\w/),
      license: "MIT",
      repository: { type: "git", directory: relative(ROOT, folder) },
      type: "module",
      sideEffects: false,
      publishConfig: { access: "public", provenance: true },
    });
  });

  test("runs no script when it is installed, and depends on versions that npm knows", () => {
    const { scripts = {}, dependencies = {} } = JSON.parse(
      readFileSync(join(home, "node_modules", name, "package.json"), "utf8"),
    );
    expect(Object.keys(scripts).filter((script) => /^(?:pre|post)?install$|^prepare$/.test(script))).toEqual([]);
    expect(
      Object.values(dependencies).filter((range) => /^(?:workspace|catalog|file|link):/.test(String(range))),
    ).toEqual([]);
  });

  test("starts its README with code", () => {
    const [, beforeSecondHeading = ""] = /^(.*?)(?=^## )/ms.exec(readFileSync(join(folder, "README.md"), "utf8")) ?? [];
    expect(beforeSecondHeading).toContain("```");
  });
});

const readmes = [ROOT, ...packages.map(({ folder }) => folder)].map((folder) => join(folder, "README.md"));
const examples = readmes.flatMap((readme) =>
  codeBlocks(readFileSync(readme, "utf8"), "ts").map((block, index) => ({
    ...block,
    index,
    source: relative(ROOT, readme),
    file: `${relative(ROOT, readme).replaceAll(/[^A-Za-z]+/g, "-")}-${index}.ts`,
  })),
);

/** The packages' modules, such as `@mindbridge-sdk/receiver/node`. */
const modules = packages
  .filter(({ name }) => !NO_LIBRARIES.includes(name))
  .flatMap(({ name, folder }) => {
    const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
    return entries.map((entry) => join(name, entry));
  });
/** Programs that import every module, so that the compiler reads every declaration. */
const imports = modules.map((module, index) => ({
  file: `module-${index}.ts`,
  code: `export * as all from "${module}";\n`,
}));

describe("the examples of the READMEs and every module", () => {
  beforeAll(() => {
    mkdirSync(join(home, "examples"));
    for (const { file, code } of [...examples, ...imports]) writeFileSync(join(home, "examples", file), code);
  });

  describe.each([
    // The types of MSW ask for those of browsers.
    { which: "that use MSW", usesMsw: true, lib: ["es2023", "dom"] },
    { which: "that do not", usesMsw: false, lib: ["es2023"] },
  ])("$which", ({ usesMsw, lib }) => {
    const files = [...examples, ...imports]
      .filter(({ code }) => /msw"/.test(code) === usesMsw)
      .map(({ file }) => join("examples", file));

    test.each(["nodenext", "bundler"] as const)(
      "type-check as they stand, with `moduleResolution: %s` and `skipLibCheck` off",
      (moduleResolution) => {
        const project = join(home, `tsconfig.${moduleResolution}.json`);
        const options = { ...compilerOptions(moduleResolution), lib, noEmit: true };
        writeFileSync(project, JSON.stringify({ compilerOptions: options, files }));
        // The declarations of JavaScript and of browsers come with the compiler: they are not checked.
        const args = ["--project", project, "--skipDefaultLibCheck", "--checkers", "1"];
        const { status, stdout } = spawnSync(process.execPath, [tsc, ...args], { encoding: "utf8" });
        expect(stdout).toBe("");
        expect(status).toBe(0);
      },
    );
  });

  test("the first one of each README runs against the mock", async () => {
    // The examples name a tenant, as users do: its address is led to the mock.
    const redirect = `const real = fetch; globalThis.fetch = (url, init) => real(String(url).replace("https://acme.mindbridge.ai/api", ${JSON.stringify(mock.url)}), init);`;
    const firsts = examples.filter(({ index }) => index === 0);
    expect(firsts.map(({ source }) => source)).toEqual(
      expect.arrayContaining(["README.md", "packages/client/README.md", "packages/testing/README.md"]),
    );
    for (const { file, source } of firsts) {
      const preload = `data:text/javascript,${encodeURIComponent(redirect)}`;
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", preload, join(home, "examples", file)],
        {
          encoding: "utf8",
          env: {
            ...process.env,
            MINDBRIDGE_API_TOKEN: "any-token",
            MINDBRIDGE_API_URL: mock.url,
            MINDBRIDGE_PUBLIC_KEY: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
          },
        },
      );
      expect(status, `${source}: ${stderr}`).toBe(0);
      expect(stdout, source).not.toBe("");
    }
  });
});

test("a call and a handler cost a user's compiler no more than 100 instantiations", () => {
  const program = `import { MindBridge } from "@mindbridge-sdk/client";
    import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
    const { publicKey } = await new MindBridge({ tenant: "acme", token: "a-token" }).webhooks.create({
      name: "a", url: "b", technicalContactId: "c", events: ["ANALYSIS_COMPLETE"], status: "ACTIVE" });
    export const receiver = createReceiver({ keys: publicKey, store: memoryStore() }).on(
      "analysis.completed", ({ data }) => console.log(data.analysisId));`;
  const count = (name: string, text: string): number => {
    writeFileSync(join(home, `${name}.ts`), text);
    const options = [
      "--strict",
      "--skipLibCheck",
      "--noEmit",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--types",
      "node",
    ];
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, "--extendedDiagnostics", `${name}.ts`], {
      cwd: home,
      encoding: "utf8",
    });
    expect(stdout).not.toContain("error TS");
    return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
  };
  expect(count("call-and-handler", program) - count("nothing", "export {};")).toBeLessThanOrEqual(100);
});

test("the compiler says of typical mistakes what the guides quote", () => {
  const args = [join(import.meta.dirname, "../src/mistakes.ts"), tsc, "7"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: home, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("who starts the mock server without Prism is told how to install it", () => {
  const program = `import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
    await startMockServer().catch(({ name, code, message }) => console.log(name, code, message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: home,
    // pnpm leads its scripts to all that is installed in this repository.
    env: { ...process.env, NODE_PATH: "" },
    encoding: "utf8",
    timeout: 15_000,
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^MissingPrismError missing_prism .*npm install --save-dev @stoplight\/prism-cli/);
});

test("who runs `mindbridge mock` without Prism is told how to install it, and which mock runs without it", () => {
  const command = join(home, "node_modules/.bin/mindbridge");
  const env = { ...process.env, NODE_PATH: "" };
  const { status, stdout, stderr } = spawnSync(command, ["mock"], {
    cwd: home,
    env,
    encoding: "utf8",
    timeout: 15_000,
  });
  expect(stderr).toMatch(
    /^.*Prism, which is not installed .*npm install --save-dev @stoplight\/prism-cli@5`\n`mindbridge mock --stateful` runs without Prism\.\n$/,
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});

describe("programs that were written for a document", () => {
  test("compile and run with the packages that are generated from it", async () => {
    await compileAndRun(await writePrograms(document), join(home, "compatible"), mock.url);
  });

  test("do not run against an older API that refuses what the packages send", async () => {
    const older = parse(readFileSync(document, "utf8"));
    older.components.schemas.WebhookCreate.required.push("neededOnce");
    const file = join(temporary.path, "older.yaml");
    writeFileSync(file, stringify(older));
    await using olderMock = await startMockServer({ document: file });
    const running = compileAndRun(await writePrograms(document), join(home, "older"), mock.url, olderMock.url);
    await expect(running).rejects.toThrow(/operations\.ts` failed\..*webhooks\.create.*neededOnce/s);
  });

  test("do not compile if they use what is gone, or take for certain what may be missing now", async () => {
    const changed = parse(readFileSync(document, "utf8"));
    const { Webhook, AnalysisResult, WebhookEvent } = changed.components.schemas;
    Webhook.properties.goneFromWebhook = { type: "string" };
    AnalysisResult.properties.goneFromDelivery = { type: "string" };
    AnalysisResult.required[3] = "eventId";
    WebhookEvent.enum[0] = "GONE_EVENT";
    const file = join(temporary.path, "changed.yaml");
    writeFileSync(file, stringify(changed));
    const compiling = compileAndRun(await writePrograms(file), join(home, "incompatible"), mock.url);
    const { message } = await compiling.then(
      () => new Error("They compile."),
      (error: Error) => error,
    );
    expect(message).toMatch(/^operations.*Property 'goneFromWebhook' does not exist/m);
    expect(message).toMatch(/^operations.*Type '"GONE_EVENT"' is not assignable/m);
    expect(message).toMatch(/^deliveries.*'string \| undefined' is not assignable to parameter of type 'string'/m);
    expect(message).toMatch(/^deliveries.*Property 'goneFromDelivery' does not exist on type 'AnalysisResult'/m);
  });
});
