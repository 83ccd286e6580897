import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { verify } from "@mindbridge-sdk/receiver";
import { expect, test } from "vitest";
import { mindbridge } from "./command.ts";
import { endpoint, serve } from "./endpoint.ts";
import { keyFile, signingKey } from "./signing-key.ts";

test("sends a sample that verifies, with the values of --set, --repeat times", async () => {
  const { file, publicKey } = await signingKey();
  const received: Promise<{ id: string; data: unknown; type: string }>[] = [];
  const receive = async ({ headers }: IncomingMessage, body: Buffer) => {
    const { id, data, type } = await verify({ headers, body }, { keys: publicKey });
    return { id, data, type };
  };
  const to = await serve((request, response) => {
    received.push(buffer(request).then((body) => receive(request, body)));
    response.writeHead(202).end("thank you\u001b[2J\nAs it should be.");
  });
  const settings = ["--set", "data.analysisId=42", "--set", 'data.more={"deep":[1]}', "--set", "data.more.deep.0=2"];
  const result = await mindbridge([
    "trigger",
    "analysis.failed",
    "--to",
    to,
    "--key-file",
    file,
    "--repeat",
    "2",
    ...settings,
  ]);
  expect(result).toMatchObject({
    code: 0,
    stderr: "--set data.more: the sample has no such field, so it is added.\n",
  });
  expect(result.stdout).toContain("  thank you\\u{1b}[2J\n  As it should be.\n");
  const [first, second, ...others] = await Promise.all(received);
  expect(others).toEqual([]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ type: "analysis.failed", data: { analysisId: "42", more: { deep: [2] } } });
});

test("each sample is an event of its own, with the id of the delivery", async () => {
  const { file } = await signingKey();
  const to = await serve((_, response) => void response.end());
  const send = async (...args: string[]) => {
    const { stdout } = await mindbridge([
      "trigger",
      "analysis.completed",
      "--json",
      "--to",
      to,
      "--key-file",
      file,
      ...args,
    ]);
    const { headers, body } = JSON.parse(stdout);
    return { id: headers["webhook-id"], event: JSON.parse(body) };
  };
  const [first, second] = [await send(), await send("--set", "eventId=42")];
  expect(first.event).toMatchObject({ eventId: first.id, data: { eventId: first.id } });
  expect(second.event).toMatchObject({ eventId: "42", data: { eventId: second.id } });
  expect(second.id).not.toBe(first.id);
});

test("it is right to refuse an attack, wrong to take it, and lenient to take a harmless one", async () => {
  const { file, publicKey } = await signingKey();
  const attack = async (to: string, name: string) => {
    const args = ["--to", to, "--key-file", file, "--tamper", name, "--json"];
    const { code, stdout, stderr } = await mindbridge(["trigger", "analysis.completed", ...args]);
    return { code, report: JSON.parse(stdout), stderr };
  };
  const refused = await attack(await endpoint(publicKey), "id-is-another");
  expect(refused).toMatchObject({
    code: 0,
    report: { attack: "id-is-another", sent: [{ status: 401, verdict: "right" }] },
  });
  const taken = await attack(await serve((_, response) => void response.writeHead(204).end()), "id-is-another");
  expect(taken).toMatchObject({ code: 1, report: { sent: [{ status: 204, verdict: "wrong" }] } });
  expect(taken.stderr).toContain("It took an attack.");
  const lenient = await attack(await endpoint(publicKey, { isLenient: true }), "signature-is-in-base64url");
  expect(lenient).toMatchObject({ code: 0, report: { sent: [{ status: 204, verdict: "lenient" }] } });
  expect(lenient.stderr).toContain("It took an attack that does no harm.");
  const unanswered = await attack(await serve((request) => request.socket.destroy()), "id-is-another");
  expect(unanswered).toMatchObject({ code: 1, report: { sent: [{ outcome: "unanswered", verdict: "wrong" }] } });
  expect(unanswered.stderr).toContain("That does not say whether it was refused.");
});

test("a type that the contract does not list is sent all the same, with a warning", async () => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey);
  const { code, stderr } = await mindbridge(["trigger", "engagement.created", "--to", to, "--key-file", file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("lists no engagement.created") });
  const misspelt = await mindbridge(["trigger", "analysis.complete", "--to", to, "--key-file", file]);
  expect(misspelt.stderr).toContain("Did you mean analysis.completed?");
});

test("the names and addresses of this machine need no --allow-remote", async () => {
  const { port } = new URL(await serve((_, response) => void response.end()));
  const args = ["--key-file", keyFile(), "--timeout", "5000"];
  const send = (host: string) =>
    mindbridge(["trigger", "analysis.completed", "--to", `http://${host}:${port}/`, ...args]);
  for (const host of ["127.0.0.1", "[::ffff:127.0.0.1]"]) expect(await send(host)).toMatchObject({ code: 0 });
  for (const to of [`127.0.0.1:${port}`, `localhost:${port}/webhooks`]) {
    expect(await mindbridge(["trigger", "analysis.completed", "--to", to, ...args, "--json"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`"to": "http://${to}`),
    });
  }
  // Not every machine can look these up.
  for (const host of ["localhost.", "endpoint.localhost"]) expect((await send(host)).code).not.toBe(2);
});

test("nothing is sent if --effects does not answer with a number", async () => {
  let sent = 0;
  const to = await serve((request, response) => {
    if (request.method === "POST") sent += 1;
    response.end("many");
  });
  const effects = to.replace("//", "//user:secret@");
  const { code, stderr } = await mindbridge([
    "trigger",
    "--all",
    "--to",
    to,
    "--effects",
    effects,
    "--key-file",
    keyFile(),
  ]);
  expect({ code, sent }).toEqual({ code: 2, sent: 0 });
  expect(stderr).toContain(`answers GET with a number; ${to} does not.`);
});

test.each([
  [
    ["analysis.completed", "--to", "http://192.0.2.1/"],
    "another machine. If it is yours to test, give --allow-remote.",
  ],
  [["analysis.completed", "--to", "http://127.0.0.1.example.com/"], "--allow-remote"],
  [["analysis.completed", "--to", "http://localhost.example.com/"], "--allow-remote"],
  [["analysis.completed", "--to", "http://[::ffff:192.0.2.1]/"], "--allow-remote"],
  [["analysis.completed", "--to", "http://0.0.0.0:1/"], "to send to it, give 127.0.0.1"],
  [["analysis.completed", "--to", "http://localhost@192.0.2.1/"], "--allow-remote"],
  [["analysis.completed", "--to", "example.com/webhooks"], "--to takes a URL"],
  [["analysis.completed", "--to", "example.com:3000"], "--to takes a URL of http or https"],
  [["ANALYSIS_COMPLETE", "--to", "localhost:1"], "Its deliveries have the type analysis.completed: give that."],
  [["USER_LOGIN", "--to", "localhost:1"], "The contract does not say which type its deliveries have"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--set", "data"], "--set takes path=value"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--set", "__proto__.a=1"], "--set takes path=value"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--repeat", "0"], "a whole number from 1 to"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--timeout", "99999999999999"], "from 1 to 3600000"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--tolerance", "Infinity"], "a whole number"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--effects", "http://127.0.0.1:1/"], "go with --all"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--failing", "data.a=1"], "go with --all"],
  [["--all", "--to", "http://127.0.0.1:1/", "--failing", "x"], "--failing takes path=value"],
  [["--to", "http://127.0.0.1:1/"], "Give a type (analysis.completed, "],
  [["analysis.completed", "--all", "--to", "http://127.0.0.1:1/"], "leave out the type"],
  [["--all", "--to", "http://127.0.0.1:1/", "--effects", "http://192.0.2.1/"], "--effects leads to 192.0.2.1"],
])("%j is wrong use", async (args, message) => {
  const { code, stderr, stdout } = await mindbridge(["trigger", ...args, "--json", "--key-file", keyFile()]);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toHaveProperty("error");
});

test("an endpoint that never answers is given up after --timeout", async () => {
  const to = await serve(() => {});
  const args = ["trigger", "analysis.completed", "--to", to, "--key-file", keyFile(), "--timeout", "50"];
  const { code, stdout } = await mindbridge(args);
  expect(code).toBe(1);
  expect(stdout).toContain("no answer within 50 ms");
  expect(stdout).toContain("  No answer came in time: see where your endpoint waits");
  expect(stdout).not.toContain("start your endpoint");
});

test.each([
  ["another path", 404, "Check that --to has the path of the endpoint, and that the endpoint takes POST."],
  ["a redirect", 308, "Give --to the address that the redirect leads to"],
  ["an error", 500, "Look for the error in its log."],
  ["another key", 401, "If it refuses all of them, configure it with the public key above."],
])("what to do about %s is said, as with --all", async (_what, status, advice) => {
  const to = await serve((_, response) => void response.writeHead(status).end("<!DOCTYPE html>"));
  const { code, stdout } = await mindbridge(["trigger", "analysis.completed", "--to", to, "--key-file", keyFile()]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(`  ${advice}`) });
});

test("an endpoint that ends the connection, or is not there, is told apart", async () => {
  const to = await serve((request) => request.socket.destroy());
  const send = async (url: string) =>
    (await mindbridge(["trigger", "analysis.completed", "--to", url, "--key-file", keyFile()])).stdout;
  expect(await send(to)).toContain("The connection ended without an answer");
  expect(await send("http://127.0.0.1:1/")).toContain("Nothing answers at http://127.0.0.1:1/: start your endpoint");
});

test("--tamper list prints the attacks on stdout, and makes no key pair", async () => {
  const file = keyFile();
  const args = ["trigger", "--tamper", "list", "--to", "http://127.0.0.1:1/", "--key-file", file];
  const listed = await mindbridge(args);
  expect(listed).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^id-is-another$/m) });
  expect(JSON.parse((await mindbridge([...args, "--json"])).stdout)).toEqual({
    attacks: listed.stdout.trimEnd().split("\n"),
  });
  expect(existsSync(file)).toBe(false);
});

test("no key pair is made for an unknown attack", async () => {
  const file = keyFile();
  const args = ["analysis.completed", "--to", "http://127.0.0.1:1/", "--tamper", "nope", "--key-file", file];
  const { code, stderr } = await mindbridge(["trigger", ...args]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^There is no attack called "nope"/) });
  expect(existsSync(file)).toBe(false);
});

test("the key pair is made once, in a private file, and its private half is never printed", async () => {
  const file = keyFile();
  const first = await mindbridge(["public-key", "--key-file", file]);
  const again = await mindbridge(["public-key", "--key-file", file, "--json"]);
  expect(first.stdout).toMatch(/^whpk_[A-Za-z0-9+/]{43}=\n$/);
  expect(JSON.parse(again.stdout)).toEqual({ publicKey: first.stdout.trim(), file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  const secret = readFileSync(file, "utf8").trim();
  expect(secret).toMatch(/^whsk_/);
  const sent = await mindbridge([
    "trigger",
    "--all",
    "--to",
    await serve((_, response) => void response.end()),
    "--key-file",
    file,
  ]);
  for (const { stdout, stderr } of [first, again, sent]) expect(stdout + stderr).not.toContain(secret.slice(5));
});

test.each([
  ["that others may read", (file: string) => chmodSync(file, 0o644), "chmod 600"],
  [
    "that holds something else",
    (file: string) => writeFileSync(file, "whsk_secret"),
    "remove the file to get a new one",
  ],
])("a key file %s is refused, and its content is not printed", async (_, spoil, message) => {
  const { file } = await signingKey();
  spoil(file);
  const { code, stdout, stderr } = await mindbridge(["public-key", "--key-file", file]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("whsk_");
});

test("without --key-file, the key pair is kept in the configuration folder", async () => {
  const folder = dirname(dirname(keyFile()));
  const { stdout } = await mindbridge(["public-key", "--json"], { env: { XDG_CONFIG_HOME: folder } });
  expect(JSON.parse(stdout).file).toBe(join(folder, "mindbridge", "signing-key"));
});

test("a server without TLS, a new field and a misspelt type are named", async () => {
  const to = await serve((_, response) => void response.writeHead(204).end());
  const key = ["--key-file", keyFile()];
  const secure = await mindbridge(["trigger", "analysis.failed", "--to", to.replace("http:", "https:"), ...key]);
  expect(secure.stdout).toContain(`Something answers there without TLS: try --to ${to}\n`);
  const added = await mindbridge(["trigger", "analysis.failed", "--to", to, "--set", "analysisId=42", ...key]);
  expect(added.stderr).toContain("so it is added. Did you mean data.analysisId?");
  expect(added.stdout).toContain("As it should be, but for a new field: ");
  const misspelt = await mindbridge(["trigger", "analysis.faild", "--to", to, ...key]);
  expect(misspelt.stdout).toContain("As it should be, but for an unlisted type: ");
});
