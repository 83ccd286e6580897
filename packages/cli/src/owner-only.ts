// Files that nobody but their owner may read, in the folder where the command line keeps its own.
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { chmod, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";

/** The folder of the operating system for the configuration of a user, and in it that of the command line. */
export function configurationFolder({ XDG_CONFIG_HOME: xdg = "", APPDATA, HOME }: NodeJS.ProcessEnv): string {
  const home = HOME || homedir();
  const usual =
    {
      darwin: join(home, "Library", "Application Support"),
      win32: APPDATA || join(home, "AppData", "Roaming"),
    }[process.platform as string] ?? join(home, ".config");
  // The XDG Base Directory Specification says to ignore a relative path.
  return join(isAbsolute(xdg) ? xdg : usual, "mindbridge");
}

/** Makes the folder of a file, if it is missing, so that nobody else can look into it. */
export async function makeFolderOf(file: string): Promise<void> {
  const folder = dirname(file);
  // A folder that was there before keeps its permissions: it may hold other things.
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await chmod(folder, 0o700);
}

/** Whether others than the owner may read a file or write to it. Windows does not have these bits: there, the folder protects it. */
export function isOpenToOthers({ mode }: { readonly mode: number }): boolean {
  return process.platform !== "win32" && (mode & 0o077) !== 0;
}

/** Reads a file, but does not follow a link: its system error is then `ELOOP`. Says as well whether others may read it. */
export async function readOwnerOnly(file: string): Promise<{ readonly text: string; readonly isOpen: boolean }> {
  // Windows has no such flag.
  await using handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const isOpen = isOpenToOthers(await handle.stat());
  return { text: isOpen ? "" : await handle.readFile("utf8"), isOpen };
}

/** Writes a file that nobody else may read, whole or not at all: readers see the old text until the new one is there. */
export async function writeOwnerOnly(file: string, text: string): Promise<void> {
  await makeFolderOf(file);
  const temporary = join(dirname(file), `.${basename(file)}-${randomUUID()}`);
  try {
    await writeFile(temporary, text, { flag: "wx", mode: 0o600, flush: true });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
