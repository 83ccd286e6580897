/** A text as a word of a POSIX shell: in quotes, where it holds what a shell would take for something else. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
