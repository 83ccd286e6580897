// What the examiner finds is tested with it, in @mindbridge-sdk/testing. Here is what the command line makes of it.
import { expect, test } from "vitest";
import { mindbridge, start } from "./command.ts";
import { endpoint, serve } from "./endpoint.ts";
import { signingKey } from "./signing-key.ts";

const triggerAll = (to: string, file: string, args: readonly string[] = []) =>
  mindbridge(["trigger", "--all", "--to", to, "--key-file", file, ...args]);

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

test("with --json, prints the result as one document, and says on stderr with which key it signs", async () => {
  const { file, publicKey } = await signingKey();
  const to = (await endpoint(publicKey)).replace("//", "//user:pa55word@");
  const args = ["--json", "--verbose", "--effects", to, "--failing", "data.analysisId=fail"];
  const { code, stdout, stderr } = await triggerAll(to, file, args);
  const report = JSON.parse(stdout);
  expect(Object.keys(report).join(" ")).toBe("to publicKey right wrong lenient unchecked mistakes hints cases");
  expect(code).toBe(0);
  expect(report).toMatchObject({ publicKey, to: to.replace("user:pa55word@", "") });
  expect(report).toMatchObject({ wrong: 0, lenient: 0, unchecked: 0, right: report.cases.length });
  expect(report).toMatchObject({ mistakes: [], hints: [] });
  expect(report.cases[0]).toEqual({
    kind: "genuine",
    name: "a genuine analysis.completed",
    expected: "2xx",
    answer: expect.stringMatching(/^204 in [\d.]+ ms$/),
    status: 204,
    outcome: "taken",
    verdict: "right",
  });
  const kinds = ["genuine", "rewritten", "two-signatures", "repetition", "failure", "attack"];
  expect([...new Set(report.cases.map(({ kind }: { kind: string }) => kind))]).toEqual(kinds);
  expect(stderr).toContain(publicKey);
  expect(stderr).toMatch(/^✓ a genuine analysis\.completed +204 in [\d.]+ ms$/m);
  expect(stderr + stdout).not.toContain("pa55word");
});

test("names a mistake, with what to do in its own flags, and marks some wrong answers, or all: exit code 1", async () => {
  const { file } = await signingKey();
  const to = await serve((_, response) => void response.end("\u001b[2J"));
  const { code, stdout } = await triggerAll(to, file);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ the body is formatted anew +200 in [\d.]+ ms {2}expected 4xx$/m);
  expect(stdout).toMatch(
    /^no-verification: It takes a delivery .*\n {2}Verify each .* give --effects to show that\.$/m,
  );
  expect(stdout).toMatch(/^\d+ right, \d+ wrong, 2 not checked\.\n$/m);
  const [, others] = /^ {2}… and (\d+) more: --verbose shows every answer\.$/m.exec(stdout) ?? [];
  const rows = (text: string) => text.match(/^[✓✗?] /gm) ?? [];
  expect(rows(stdout)).toEqual([...Array(2).fill("? "), ...Array(10).fill("✗ ")]);
  expect(stdout).not.toMatch(/^✓/m);
  const verbose = await triggerAll(to, file, ["--verbose"]);
  expect(rows(verbose.stdout).filter((row) => row !== "✓ ")).toHaveLength(12 + Number(others));
  expect(verbose.stdout).toMatch(/^✓ a genuine analysis\.completed +200 in/m);
  const report = JSON.parse((await triggerAll(to, file, ["--json"])).stdout);
  expect(names(report.mistakes)).toEqual(["no-verification"]);
  expect(report.mistakes[0].whatToDo).toContain("give --effects to show that.");
});

test("gives the advice of the code that a receiver answers with", async () => {
  const { file } = await signingKey();
  const to = await serve((_, response) => void response.writeHead(500).end('{"code":"raw_body"}'));
  const advice =
    "A parser ran before the receiver, or the body was read before. Pass it as it came. NestJS: rawBody: true.";
  const all = await triggerAll(to, file);
  expect(all.stdout).toMatch(/^✗ a genuine analysis\.completed +500 raw_body in [\d.]+ ms {2}expected 2xx$/m);
  expect(all.stdout).toContain(`\n  It answers raw_body. ${advice}`);
  expect(all.stdout).not.toContain("its log");
  const one = await mindbridge(["trigger", "analysis.completed", "--to", to, "--key-file", file]);
  expect(one.stdout).toContain(`  {"code":"raw_body"}\n  ${advice}`);
});

test("marks what is lenient, and counts it apart: exit code 0", async () => {
  const { file, publicKey } = await signingKey();
  const { code, stdout } = await triggerAll(await endpoint(publicKey, { isLenient: true }), file);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^! the signature is in base64url +204 in [\d.]+ ms$/m);
  expect(stdout).toMatch(/^lenient: /m);
  expect(stdout).toMatch(/ 0 wrong, 1 lenient, 2 not checked\.\n$/);
});

test("says what it could not check, and which flag would allow it", async () => {
  const { file, publicKey } = await signingKey();
  const { code, stdout } = await triggerAll(await endpoint(publicKey), file);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^not checked: .*Give --effects,/m);
  expect(stdout).toMatch(/^not checked: .*Give --failing,/m);
  expect(stdout).toMatch(/ 0 wrong, 2 not checked\.\n$/);
});

test("names an endpoint that gives no answer: exit code 1", async () => {
  const { file } = await signingKey();
  const { code, stdout } = await triggerAll(await serve((request) => request.socket.destroy()), file);
  expect(code).toBe(1);
  expect(stdout).toContain("no-answer: The endpoint gives no answer.");
});

test("an endpoint that cannot be examined to the end has exit code 1, even without a mistake", async () => {
  const { file } = await signingKey();
  let before = 0;
  const to = await serve((_, response) => {
    before += 1;
    response.writeHead(before < 5 ? 204 : 429).end();
  });
  const { code, stdout } = await triggerAll(to, file, ["--json"]);
  const report = JSON.parse(stdout);
  expect({ code, wrong: report.wrong, mistakes: report.mistakes }).toEqual({ code: 1, wrong: 0, mistakes: [] });
  expect(names(report.hints)).toContain("unproven");
});

test("--tolerance, --set and --timeout are passed on", async () => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey, { tolerance: 3_600 });
  const mistakes = async (...args: string[]) =>
    names(JSON.parse((await triggerAll(to, file, ["--json", ...args])).stdout).mistakes);
  expect(await mistakes()).toEqual(["no-tolerance"]);
  expect(await mistakes("--tolerance", "3600")).toEqual([]);
  expect(await mistakes("--set", "data.analysisId=fail")).toEqual(["fails-on-genuine"]);
  const never = JSON.parse((await triggerAll(await serve(() => {}), file, ["--json", "--timeout", "50"])).stdout);
  expect(never.cases).toMatchObject([{ answer: "no answer within 50 ms" }]);
});

test("if --effects no longer answers with a number, the rest is examined all the same", async () => {
  const { file, publicKey } = await signingKey();
  let asked = 0;
  const effects = await serve((_, response) => {
    asked += 1;
    response.end(asked === 1 ? "0" : "not any more");
  });
  const { code, stdout } = await triggerAll(await endpoint(publicKey), file, ["--json", "--effects", effects]);
  const { wrong, hints } = JSON.parse(stdout);
  expect({ code, wrong, hints: names(hints) }).toEqual({ code: 0, wrong: 0, hints: ["no-effects", "no-failing"] });
});

test("ends when it is interrupted: exit code 130", async () => {
  const { file } = await signingKey();
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const to = await serve(() => resolve());
  const { interrupt } = start(["trigger", "--all", "--to", to, "--key-file", file]);
  await asked;
  expect(await interrupt()).toMatchObject({ code: 130, stderr: "Interrupted.\n" });
});
