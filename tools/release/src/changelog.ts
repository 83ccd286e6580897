import { withoutMarks } from "./part.ts";

/** What changesets gives to write a line of a changelog from. */
interface Written {
  readonly summary: string;
}

/** How changesets writes CHANGELOG.md: the words of each changeset. That packages depend on each other needs no line: all have one version. */
export default {
  getReleaseLine: async ({ summary }: Written): Promise<string> => {
    const [first = "", ...rest] = withoutMarks(summary).split("\n");
    return [`- ${first}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
  },
  getDependencyReleaseLine: async (): Promise<string> => "",
};
