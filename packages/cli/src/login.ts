import { password, text } from "@clack/prompts";
import { type Context, EXIT } from "./action.ts";
import { type ApiOptions, clientOf } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { readBytes, textOf } from "./input.ts";
import { prompt } from "./operations/ask.ts";
import { printableLine } from "./printable.ts";
import { DEFAULT_PROFILE, keepProfile, listProfiles, profileNamed, readProfile, removeProfile } from "./profiles.ts";

/** A profile, or why it cannot be used. */
interface ProfileRow {
  readonly name: string;
  readonly isUsed: boolean;
  readonly apiUrl?: string;
  readonly tokenIn?: "file" | "keychain";
  readonly problem?: string;
}

/**
 * Keeps the address of a tenant and a token, once the API has taken them.
 *
 * @throws {UsageError} if one is missing or impossible, or they cannot be kept.
 * @throws {CancelledError} if the user ends the questions.
 * @throws {MindBridgeError} if the API does not take them: nothing is kept.
 */
export async function login(options: ApiOptions, context: Context): Promise<number> {
  const { env, interactive, output, signal } = context;
  const name = profileNamed(options.profile, env) ?? DEFAULT_PROFILE;
  // A damaged one is replaced.
  const previous = await readProfile(name, env).catch(() => undefined);
  const known = options.apiUrl ?? (env.MINDBRIDGE_API_URL || previous?.apiUrl);
  const isAsked = interactive && options.apiUrl === undefined;
  const apiUrl = isAsked ? await askForUrl(known, context) : known;
  if (apiUrl === undefined) throw new UsageError("login: the API to call is not known: give --api-url.");
  const url = { value: apiUrl, from: isAsked ? "the first answer" : "--api-url" };
  // A wrong address is refused before the token is asked for.
  const hint = isAsked ? undefined : tenantHint(apiUrl);
  if (hint !== undefined) throw new UsageError(`login: ${hint}`);
  await clientOf(url, { value: "any", from: "" }, context);
  const token = interactive ? await askForToken(context) : await readToken(context);

  const client = await clientOf(url, { value: token, from: interactive ? "the last answer" : "stdin" }, context);
  await client.webhooks.query({}, { query: { size: 1 }, signal });
  const place = await keepProfile({ name, apiUrl, token }, context);
  warnOfVariables(context);
  output.result({ profile: name, apiUrl, tokenIn: place }, () =>
    printableLine(`The profile ${name} is for ${apiUrl}. Its token is in ${place}.`),
  );
  return EXIT.success;
}

/** Removes a profile. */
export async function logout({ profile }: ApiOptions, context: Context): Promise<number> {
  const name = profileNamed(profile, context.env) ?? DEFAULT_PROFILE;
  const isGone = await removeProfile(name, context);
  if (!isGone)
    context.output.warn("Its token could not be removed, if the keychain has one: look for mindbridge there.");
  context.output.result({ profile: name }, () => `The profile ${name} is removed.`);
  return isGone ? EXIT.success : EXIT.failure;
}

/** Lists the profiles, without their tokens. */
export async function profiles(_: object, context: Context): Promise<number> {
  const { env, output } = context;
  const used = profileNamed(undefined, env) ?? DEFAULT_PROFILE;
  const rows: ProfileRow[] = [];
  for (const name of await listProfiles(env)) {
    const isUsed = name === used;
    try {
      const profile = await readProfile(name, env);
      if (!profile) continue;
      const tokenIn = profile.token === undefined ? "keychain" : "file";
      rows.push({ name, isUsed, apiUrl: profile.apiUrl, tokenIn });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      rows.push({ name, isUsed, problem: error.message });
    }
  }
  output.result({ profiles: rows }, () => {
    if (rows.length === 0) return "There is no profile: mindbridge login makes one.";
    const width = Math.max(...rows.map(({ name }) => name.length));
    const lines = rows.map(({ name, isUsed, apiUrl, tokenIn, problem }) => {
      const about = problem ?? `${apiUrl}  token in the ${tokenIn}`;
      return `${isUsed ? "*" : " "} ${name.padEnd(width)}  ${printableLine(about)}`;
    });
    return lines.join("\n");
  });
  warnOfVariables(context);
  return EXIT.success;
}

function warnOfVariables({ env, output }: Context): void {
  const set = ["MINDBRIDGE_API_URL", "MINDBRIDGE_API_TOKEN"].filter((name) => env[name]);
  if (set.length > 0) output.warn(`Set, so it goes over a profile that no --profile names: ${set.join(", ")}`);
}

async function askForUrl(known: string | undefined, context: Context): Promise<string> {
  return prompt(context, (options) =>
    text({
      message: "Which API?",
      placeholder: "https://acme.mindbridge.ai",
      ...(known !== undefined && { initialValue: known }),
      validate: (entered = "") => (entered === "" ? "It is needed." : tenantHint(entered)),
      ...options,
    }),
  );
}

/** The hint for a user who gives the name of a tenant in place of its address. */
function tenantHint(name: string): string | undefined {
  if (name === "localhost" || !/^[a-z\d][a-z\d-]*$/i.test(name)) return undefined;
  return `Give the whole address. Did you mean https://${name.toLowerCase()}.mindbridge.ai?`;
}

async function askForToken(context: Context): Promise<string> {
  return prompt(context, (options) =>
    password({
      message: "The token, which is not shown:",
      // Not even its length.
      mask: "",
      validate: (entered = "") => (entered === "" ? "It is needed." : undefined),
      ...options,
    }),
  );
}

async function readToken(context: Context): Promise<string> {
  if (context.stdin.isTTY) throw new UsageError("login: stderr is no terminal to ask on: give the token on stdin.");
  const token = textOf(await readBytes("login: stdin", "-", context)).trim();
  if (/[\r\n]/.test(token))
    throw new UsageError("login: stdin holds several lines. Give the token alone, on one line.");
  if (/[^\x20-\x7e]/.test(token)) {
    throw new UsageError(
      "login: stdin holds characters that no token has, outside of printable ASCII. Give the token alone.",
    );
  }
  if (token === "") throw new UsageError("login: there is no token on stdin, and no terminal to ask on.");
  return token;
}
