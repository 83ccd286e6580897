import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "./action.ts";
import { UsageError } from "./errors.ts";
import { keychainOf } from "./keychain.ts";
import { nearest } from "./nearest.ts";
import { configurationFolder, readOwnerOnly, writeOwnerOnly } from "./owner-only.ts";
import { printableLine } from "./printable.ts";

/** The profile that is used where none is named. */
export const DEFAULT_PROFILE = "default";

/** The address of a tenant and its token, as `mindbridge login` keeps them: in a file for each profile, so that no two logins collide. */
export interface Profile {
  readonly name: string;
  readonly apiUrl: string;
  /** `undefined` if it is in the keychain. */
  readonly token?: string | undefined;
}

/** What the keychain is reached with. */
type Host = Pick<Context, "env" | "signal">;

/** The name of a profile as the user gives it: `MINDBRIDGE_PROFILE`, unless `--profile` is given. `undefined` if neither is. */
export function profileNamed(flag: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const name = flag ?? (env.MINDBRIDGE_PROFILE || undefined);
  // It becomes the name of a file. Some file systems ignore case.
  if (name === undefined || /^[a-z\d][a-z\d._-]{0,63}$/.test(name)) return name;
  const source = flag === undefined ? "MINDBRIDGE_PROFILE" : "--profile";
  throw new UsageError(
    `${source}: the name of a profile has small letters, digits, dots, dashes and underscores, and begins with a letter or a digit.`,
  );
}

/**
 * The profile that is named by a flag or `MINDBRIDGE_PROFILE`, or else the default one, if it is there.
 *
 * @throws {UsageError} if the named one is not there, or it cannot be used.
 */
export async function chooseProfile(flag: string | undefined, env: NodeJS.ProcessEnv): Promise<Profile | undefined> {
  const named = profileNamed(flag, env);
  const profile = await readProfile(named ?? DEFAULT_PROFILE, env);
  if (profile === undefined && named !== undefined) throw await missingProfile(named, env);
  return profile;
}

/**
 * Reads a profile, but not yet its token in the keychain.
 *
 * @returns `undefined` if there is none of this name.
 * @throws {UsageError} if the file is damaged, is a link, or can be read by others.
 */
export async function readProfile(name: string, env: NodeJS.ProcessEnv): Promise<Profile | undefined> {
  const file = fileOf(name, env);
  const again = `mindbridge login --profile ${name}`;
  try {
    const { text, isOpen } = await readOwnerOnly(file);
    if (isOpen) {
      throw new UsageError(`Others may read the token of the profile ${name} (${file}): revoke it, and then ${again}`);
    }
    const profile: unknown = JSON.parse(text);
    if (!isProfile(profile)) throw new SyntaxError();
    return { name, apiUrl: profile.apiUrl, token: profile.token };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (error instanceof UsageError) throw error;
    // The message of a parser quotes what it reads.
    if (error instanceof SyntaxError) throw new UsageError(`The profile ${name} is damaged (${file}): ${again}`);
    const reason = code === "ELOOP" ? "its file is a link: remove it, and" : `it cannot be read (${code}):`;
    throw new UsageError(`The profile ${name} is not used (${file}), since ${reason} ${again}`, { cause: error });
  }
}

/** The error of a profile that is not there, with the names of those that are. */
async function missingProfile(
  name: string,
  env: NodeJS.ProcessEnv,
  todo = ` Make it: mindbridge login --profile ${name}`,
): Promise<UsageError> {
  const names = await listProfiles(env);
  const meant = nearest(name, names);
  const known = names.length === 0 ? "There is none yet." : `The profiles are: ${names.join(", ")}.`;
  return new UsageError(`There is no profile ${name}.${meant ? ` Did you mean ${meant}?` : ""} ${known}${todo}`);
}

/** The names of all profiles. */
export async function listProfiles(env: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = join(configurationFolder(env), "profiles");
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new UsageError(`The profiles cannot be read (${error.code}): ${printableLine(folder)}`, { cause: error });
  });
  // A file that begins with a dot is being written.
  return files.flatMap((file) => /^(?!\.)(.*)\.json$/.exec(file)?.[1] ?? []).sort();
}

/**
 * The token of a profile.
 *
 * @throws {UsageError} if the keychain does not give it.
 */
export async function tokenOf({ name, apiUrl, token }: Profile, host: Host): Promise<string> {
  const keychain = keychainOf(host);
  const found = token ?? (await keychain?.read(accountOf(name, apiUrl)));
  if (found) return found;
  const place = keychain?.name ?? "the keychain";
  throw new UsageError(
    `${capitalised(place)} gives no token for the profile ${name}: unlock it, or mindbridge login --profile ${name}`,
  );
}

/**
 * Keeps a profile: its token in the keychain, or in its file if there is no keychain or it does not work.
 *
 * @returns Where the token is.
 * @throws {UsageError} if the file cannot be written: nothing is kept.
 */
export async function keepProfile(profile: Required<Profile>, host: Host): Promise<string> {
  const { name, apiUrl, token } = profile;
  const file = fileOf(name, host.env);
  const previous = await readProfile(name, host.env).catch(() => undefined);
  const keychain = keychainOf(host);
  const account = accountOf(name, apiUrl);
  const isInKeychain = (await keychain?.write(account, token ?? "")) === true;
  try {
    await writeOwnerOnly(file, `${JSON.stringify({ apiUrl, ...(!isInKeychain && { token }) }, undefined, 2)}\n`);
  } catch (error) {
    if (isInKeychain) await keychain?.remove(account);
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`The profile ${name} could not be kept (${code}): ${file}`, { cause: error });
  }
  // The keychain has an entry for each address, so that no token goes to another one.
  if (previous && previous.apiUrl !== apiUrl) await keychain?.remove(accountOf(name, previous.apiUrl));
  return isInKeychain && keychain ? keychain.name : file;
}

/**
 * Removes a profile, and its token from the keychain.
 *
 * @returns Whether no token is left.
 * @throws {UsageError} if there is none of this name, or it cannot be removed.
 */
export async function removeProfile(name: string, host: Host): Promise<boolean> {
  const profile = await readProfile(name, host.env).catch((error: unknown) => error as UsageError);
  if (profile === undefined) throw await missingProfile(name, host.env, "");
  // If the file cannot be read, nobody knows where its token is.
  const isGone =
    !(profile instanceof Error) &&
    (profile.token !== undefined || (await keychainOf(host)?.remove(accountOf(name, profile.apiUrl))) === true);
  const file = fileOf(name, host.env);
  await rm(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The profile ${name} could not be removed (${error.code}): ${file}`, { cause: error });
  });
  return isGone;
}

function fileOf(name: string, env: NodeJS.ProcessEnv): string {
  return join(configurationFolder(env), "profiles", `${name}.json`);
}

/** What the keychain calls a token. The same name may be for another tenant, with another folder of configuration. */
function accountOf(name: string, apiUrl: string): string {
  return `${name} ${apiUrl}`;
}

function isProfile(value: unknown): value is Omit<Profile, "name"> {
  const { apiUrl, token } = Object(value) as Readonly<Record<string, unknown>>;
  return typeof apiUrl === "string" && (token === undefined || typeof token === "string");
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
