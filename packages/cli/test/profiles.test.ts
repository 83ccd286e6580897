import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { configurationFolder } from "../src/owner-only.ts";
import { type CommandOptions, mindbridge } from "./command.ts";
import { serve } from "./endpoint.ts";
import { onTerminal } from "./terminal.ts";

const TOKEN = "secret-token-of-acme";
const GET = ["webhooks", "get", "1"];

/** A temporary home, and what it holds of profiles. Its `PATH` leads to no keychain. */
function makeHome() {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "bin"));
  const profiles = join(folder, "mindbridge/profiles");
  const env = { XDG_CONFIG_HOME: folder, PATH: join(folder, "bin") };
  const run = (args: readonly string[], options: CommandOptions = {}) =>
    mindbridge(args, { ...options, env: { ...env, ...options.env } });
  const login = (url: string, token = TOKEN, ...more: readonly string[]) =>
    run(["login", "--api-url", url, ...more], { input: `${token}\n` });
  return { folder, profiles, env, run, login, file: (name = "default") => join(profiles, `${name}.json`) };
}

/** An API that takes every token but `revoked`, and records them. */
async function startTenant() {
  const tokens: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    const { authorization } = request.headers;
    tokens.push(authorization?.replace("Bearer ", ""));
    response.writeHead(authorization === "Bearer revoked" ? 401 : 200, { "content-type": "application/json" });
    response.end('{"content":[],"last":true}');
  });
  return { url: new URL(url).origin, tokens };
}

test("login keeps a token that the API takes in a file for the owner alone, and commands call with it until logout", async () => {
  const [home, tenant] = [makeHome(), await startTenant()];
  const loggedIn = await home.login(tenant.url);
  expect(loggedIn).toEqual({
    code: 0,
    stderr: "",
    stdout: `The profile default is for ${tenant.url}. Its token is in ${home.file()}.\n`,
  });
  expect(statSync(home.file()).mode & 0o777).toBe(0o600);
  expect(statSync(home.profiles).mode & 0o777).toBe(0o700);
  expect(await home.run(GET)).toMatchObject({ code: 0, stderr: "" });
  expect(tenant.tokens).toEqual([TOKEN, TOKEN]);

  const listed = await home.run(["profiles"]);
  expect(listed).toEqual({ code: 0, stderr: "", stdout: `* default  ${tenant.url}  token in the file\n` });
  const { stdout } = await home.run(["profiles", "--json"]);
  const row = { name: "default", isUsed: true, apiUrl: tenant.url, tokenIn: "file" };
  expect(JSON.parse(stdout)).toEqual({ profiles: [row] });

  expect(await home.run(["logout"])).toMatchObject({ code: 0, stdout: "The profile default is removed.\n" });
  expect(readdirSync(home.profiles)).toEqual([]);
  const after = await home.run(GET);
  expect(after).toMatchObject({ code: 2, stderr: expect.stringContaining("The API to call is not known") });
});

test("login keeps nothing that the API does not take, and nothing without a token or an address", async () => {
  const [home, tenant] = [makeHome(), await startTenant()];
  const refused = await home.login(tenant.url, "revoked");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("Replace the token from stdin by one of this tenant that is in force.");
  expect(await home.login(tenant.url, "")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no token on stdin"),
  });
  expect(await home.login(tenant.url, "Bearer x")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Correct stdin."),
  });
  for (const [url, token, said] of [
    ["acme", TOKEN, "Did you mean https://acme.mindbridge.ai?"],
    [tenant.url, `${TOKEN}\n${TOKEN}`, "stdin holds several lines"],
    [tenant.url, `${TOKEN}\u201d`, "outside of printable ASCII"],
  ] as const) {
    const { code, stderr } = await home.login(url, token);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
    expect(stderr).not.toContain(TOKEN);
  }
  const nowhere = await home.run(["login"], { input: TOKEN });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("give --api-url") });
  expect(existsSync(home.profiles)).toBe(false);
  expect(await home.run(["login", TOKEN])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("too many arguments"),
  });
});

test("a flag goes over a variable, and a variable over a profile that no flag names; an error says where both are from", async () => {
  const [home, acme, beta] = [makeHome(), await startTenant(), await startTenant()];
  await home.login(acme.url, "token-of-acme");
  await home.login(beta.url, "token-of-beta", "--profile", "beta");
  acme.tokens.length = beta.tokens.length = 0;
  const get = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => home.run([...GET, ...args], { env });
  const variables = { MINDBRIDGE_API_URL: acme.url, MINDBRIDGE_API_TOKEN: "token-of-variable" };

  await get([]);
  await get([], { MINDBRIDGE_API_TOKEN: "token-of-variable" });
  await get(["--profile", "default"], variables);
  await get(["--api-url", acme.url], { MINDBRIDGE_API_URL: beta.url });
  expect(acme.tokens).toEqual(["token-of-acme", "token-of-variable", "token-of-acme", "token-of-acme"]);
  await get([], { MINDBRIDGE_PROFILE: "beta" });
  await get(["--profile", "beta"], variables);
  await get([], { MINDBRIDGE_PROFILE: "beta", MINDBRIDGE_API_TOKEN: "token-of-variable" });
  expect(beta.tokens).toEqual(["token-of-beta", "token-of-beta", "token-of-variable"]);

  const { stderr, stdout } = await get(["--json"], { MINDBRIDGE_API_TOKEN: "revoked" });
  expect(stderr).toContain("address from: the profile default, token from: MINDBRIDGE_API_TOKEN\n");
  const { error } = JSON.parse(stdout);
  expect(error).toMatchObject({ urlFrom: "the profile default", tokenFrom: "MINDBRIDGE_API_TOKEN" });
  const listed = await home.run(["profiles"], { env: { MINDBRIDGE_PROFILE: "beta", ...variables } });
  expect(listed.stdout).toMatch(/^\* beta {5}.*\n {2}default /);
  expect(listed.stderr).toContain("MINDBRIDGE_API_URL, MINDBRIDGE_API_TOKEN");
});

test("the token of a profile goes to no other address", async () => {
  const [home, acme, other] = [makeHome(), await startTenant(), await startTenant()];
  await home.login(acme.url);
  for (const [args, env] of [
    [["--api-url", other.url], {}],
    [["--api-url", other.url, "--profile", "default"], { MINDBRIDGE_API_TOKEN: "another" }],
    [[], { MINDBRIDGE_API_URL: other.url }],
  ] as const) {
    const { code, stderr } = await home.run([...GET, ...args], { env });
    expect({ code, sent: other.tokens }).toEqual({ code: 2, sent: [] });
    expect(stderr).toContain(`The token of the profile default is sent to ${acme.url} alone`);
    expect(stderr).not.toContain(TOKEN);
  }
});

test("an answer and an error that hold the token of a profile do not show it", async () => {
  const home = makeHome();
  let status = 200;
  const url = await serve((_, response) => {
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify({ id: `${TOKEN}.`, content: [] }));
  });
  await home.login(new URL(url).origin);
  const answered = await home.run(GET);
  status = 500;
  const failed = await home.run([...GET, "--json"]);
  expect([answered.code, failed.code]).toEqual([0, 1]);
  expect(answered.stdout).toContain("[redacted].");
  expect(`${answered.stdout}${failed.stdout}${failed.stderr}`).not.toContain(TOKEN);
});

describe("a profile is not used", () => {
  test("if others may read its file, which is a link or is damaged; the others are listed, and a login replaces it", async () => {
    const [home, tenant] = [makeHome(), await startTenant()];
    for (const name of ["open", "link", "damaged", "empty", "fine"])
      await home.login(tenant.url, TOKEN, "--profile", name);
    chmodSync(home.file("open"), 0o640);
    renameSync(home.file("link"), join(home.folder, "elsewhere.json"));
    symlinkSync(join(home.folder, "elsewhere.json"), home.file("link"));
    writeFileSync(home.file("damaged"), readFileSync(home.file("damaged"), "utf8").slice(0, -5));
    writeFileSync(home.file("empty"), "{}");
    tenant.tokens.length = 0;
    const said = async (name: string) => {
      const { code, stdout, stderr } = await home.run([...GET, "--profile", name]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).not.toContain(TOKEN);
      return stderr;
    };
    expect(await said("open")).toContain(`Others may read the token of the profile open (${home.file("open")})`);
    expect(await said("link")).toContain("its file is a link");
    expect(await said("damaged")).toContain("The profile damaged is damaged");
    expect(await said("empty")).toContain("The profile empty is damaged");
    expect(tenant.tokens).toEqual([]);
    const listed = await home.run(["profiles"]);
    expect(listed.stdout).toContain(`fine     ${tenant.url}`);
    expect(listed.stdout).toContain("The profile damaged is damaged");
    expect(listed.stdout).not.toContain(TOKEN);

    await home.login(tenant.url, "new-token", "--profile", "link");
    expect(readFileSync(join(home.folder, "elsewhere.json"), "utf8")).toContain(TOKEN);
    expect(await home.run([...GET, "--profile", "link"])).toMatchObject({ code: 0 });
    expect(await home.run(["logout", "--profile", "damaged"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Its token could not be removed"),
    });
    expect(existsSync(home.file("damaged"))).toBe(false);
  });

  test("if it is not there: the nearest one and all are named", async () => {
    const [home, tenant] = [makeHome(), await startTenant()];
    await home.login(tenant.url, TOKEN, "--profile", "acme");
    for (const [args, todo] of [
      [[...GET, "--profile", "acm"], " Make it: mindbridge login --profile acm"],
      [["logout", "--profile", "acm"], ""],
    ] as const) {
      const { code, stderr } = await home.run(args);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `There is no profile acm. Did you mean acme? The profiles are: acme.${todo}\n`,
      });
    }
    const unnamed = await home.run(GET);
    expect(unnamed.stderr).toContain("There is no profile default, but acme: name one with --profile.");
  });

  test.each([
    [["--profile", "../acme"], {}],
    [["--profile", ""], {}],
    [[], { MINDBRIDGE_PROFILE: "Acme" }],
  ])("if its name cannot be one: %j %j", async (args, env) => {
    const { code, stderr } = await makeHome().run([...GET, ...args], { env });
    expect(code).toBe(2);
    expect(stderr).toContain("the name of a profile has small letters");
  });
});

test("where nothing can be written, login says so and keeps nothing", async () => {
  const [home, tenant] = [makeHome(), await startTenant()];
  writeFileSync(join(home.folder, "mindbridge"), "");
  const { code, stderr } = await home.login(tenant.url);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `The profile default could not be kept (ENOTDIR): ${home.file()}\n`,
  });
});

test("of many logins at once, each profile is kept, and the one that all write is whole", async () => {
  const [home, tenant] = [makeHome(), await startTenant()];
  const numbers = [1, 2, 3, 4, 5, 6];
  await Promise.all(
    numbers.flatMap((number) => [
      home.login(tenant.url, `token-${number}`, "--profile", "shared"),
      home.login(tenant.url, `token-${number}`, "--profile", `own-${number}`),
    ]),
  );
  expect(readdirSync(home.profiles).sort()).toEqual([...numbers.map((number) => `own-${number}.json`), "shared.json"]);
  for (const number of numbers) {
    expect(JSON.parse(readFileSync(home.file(`own-${number}`), "utf8"))).toEqual({
      apiUrl: tenant.url,
      token: `token-${number}`,
    });
  }
  expect(numbers.map((number) => `token-${number}`)).toContain(
    JSON.parse(readFileSync(home.file("shared"), "utf8")).token,
  );
});

/** What both stand-ins begin with: each keeps its arguments and, in a file for each account, the token. */
const RECORDING = `#!/bin/sh
PATH=/usr/bin:/bin
cd "\${0%/*}/.."
printf '%s\\n' "$*" >> arguments
fileOf() { printf %s "$1" | tr -c 'a-z0-9\\n' _; }
`;
const STAND_INS = {
  linux: `case $1 in
    store) cat > "$(fileOf "$7")" ;;
    lookup) cat "$(fileOf "$5")" ;;
    clear) rm "$(fileOf "$5")" ;;
  esac`,
  darwin: `case $1 in
    -i) read -r line; eval "set -- $line"; [ "$*" = "add-generic-password -U -s mindbridge -a $6 -w $8" ] && printf %s "$8" > "$(fileOf "$6")" ;;
    find-generic-password) cat "$(fileOf "$5")" && echo ;;
    delete-generic-password) rm "$(fileOf "$5")" ;;
  esac`,
};
const PROGRAMS = { linux: "secret-tool", darwin: "security" };

function onPlatform(platform: NodeJS.Platform): void {
  const before = process.platform;
  Object.defineProperty(process, "platform", { value: platform });
  onTestFinished(() => void Object.defineProperty(process, "platform", { value: before }));
}

describe.skipIf(process.platform === "win32").each(["linux", "darwin"] as const)("the keychain of %s", (platform) => {
  /** A home whose `PATH` leads to a stand-in of the program of the keychain. */
  function makeKeychain(script: string = STAND_INS[platform]) {
    onPlatform(platform);
    const home = makeHome();
    writeFileSync(join(home.folder, "bin", PROGRAMS[platform]), `${RECORDING}${script}\n`, { mode: 0o755 });
    const tokens = () => readdirSync(home.folder).filter((name) => name.includes("http"));
    return { ...home, tokens, argumentsOf: () => readFileSync(join(home.folder, "arguments"), "utf8") };
  }

  test("keeps the token, which is never among the arguments, and nothing else holds it", async () => {
    const [home, tenant, other] = [makeKeychain(), await startTenant(), await startTenant()];
    expect((await home.login(tenant.url)).stdout).toMatch(
      /Its token is in the (?:macOS keychain|keyring of the desktop)\.\n$/,
    );
    expect(JSON.parse(readFileSync(home.file(), "utf8"))).toEqual({ apiUrl: tenant.url });
    expect(await home.run(GET)).toMatchObject({ code: 0 });
    expect(tenant.tokens).toEqual([TOKEN, TOKEN]);
    expect((await home.run(["profiles"])).stdout).toContain("token in the keychain");
    expect(home.tokens()).toHaveLength(1);

    await home.login(other.url, "token-of-the-other");
    await home.run(GET);
    expect(other.tokens).toEqual(["token-of-the-other", "token-of-the-other"]);
    expect(home.tokens()).toHaveLength(1);
    expect(await home.run(["logout"])).toMatchObject({ code: 0 });
    expect(home.tokens()).toEqual([]);
    const recorded = home.argumentsOf();
    expect(recorded).toContain(tenant.url);
    expect(recorded).not.toMatch(/token-of/);
  });

  test("gives way to the file if it does not keep the token, and is named if it does not give it", async () => {
    const [home, tenant] = [makeKeychain("exit 1"), await startTenant()];
    expect((await home.login(tenant.url)).stdout).toContain(`Its token is in ${home.file()}.`);
    expect(await home.run(GET)).toMatchObject({ code: 0 });
    writeFileSync(home.file(), JSON.stringify({ apiUrl: tenant.url }));
    const { code, stderr } = await home.run(GET);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The .* gives no token for the profile default: unlock it, or mindbridge login/);
  });
});

test.each([
  ["darwin", {}, "/home/ann/Library/Application Support/mindbridge"],
  ["linux", {}, "/home/ann/.config/mindbridge"],
  ["linux", { XDG_CONFIG_HOME: "/config" }, "/config/mindbridge"],
  ["linux", { XDG_CONFIG_HOME: "config" }, "/home/ann/.config/mindbridge"],
  ["win32", { APPDATA: "/roaming" }, "/roaming/mindbridge"],
] as const)("the folder of configuration on %s with %j", (platform, env, folder) => {
  onPlatform(platform);
  expect(configurationFolder({ HOME: "/home/ann", ...env })).toBe(folder);
});

test.skipIf(process.platform !== "linux")(
  "on a terminal, login asks for the address and the token, and shows no token",
  async () => {
    const [home, tenant] = [makeHome(), await startTenant()];
    writeFileSync(join(home.folder, "bin/secret-tool"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const { code, screen, unanswered } = await onTerminal(["login", "--profile", "acme"], {
      env: { ...home.env, PATH: `${home.env.PATH}:${process.env.PATH}`, MINDBRIDGE_API_URL: "" },
      steps: [
        ["Which API?", `${tenant.url}\r`],
        ["The token", `${TOKEN}\r`],
      ],
    });
    expect({ code, unanswered }).toEqual({ code: 0, unanswered: [] });
    expect(screen).toContain(`The profile acme is for ${tenant.url}.`);
    expect(screen).not.toContain(TOKEN);
    expect(tenant.tokens).toEqual([TOKEN]);
  },
);
