/** A changeset, as changesets hands it over. */
interface Changeset {
  readonly summary: string;
}

/** How changesets writes CHANGELOG.md: the text of each changeset, and no lines on dependencies, since all packages have one version. */
export default {
  getReleaseLine: async ({ summary }: Changeset): Promise<string> => {
    const [first = "", ...rest] = summary.trim().split("\n");
    return [`- ${first}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
  },
  getDependencyReleaseLine: async (): Promise<string> => "",
};
