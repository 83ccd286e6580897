import { type Measure, measureOf, quantile, type Results } from "./measure.ts";

/** What the packages aim at. */
interface Goal {
  readonly what: string;
  /** Every one of these has to reach it. */
  readonly of: readonly Contest[];
  /** How two contestants are compared, round by round; without `against`, what the first one measured counts. */
  readonly by?: (ours: number, theirs: number) => number;
  readonly limit: number;
  readonly better: "higher" | "lower";
  readonly unit: string;
  /** What stands in the way, where it is missed. */
  readonly limits?: string;
}

/** Who is compared in a group of a section. */
interface Contest {
  readonly section: string;
  readonly group: string;
  readonly ours: string;
  readonly against?: string;
}

/** A goal, and what became of it. */
export interface Judged extends Pick<Goal, "what" | "limit" | "better" | "unit" | "limits"> {
  /** The worst of all contests. */
  readonly reached: number;
  readonly isMet: boolean;
}

const times = (ours: number, theirs: number) => ours / theirs;
const beyond = (ours: number, theirs: number) => ours - theirs;

const CLIENT = "@mindbridge-sdk/client";
const RECEIVER = "@mindbridge-sdk/receiver";
const contest = (section: string, group: string, ours: string, against?: string): Contest => ({
  section,
  group,
  ours,
  ...(against !== undefined && { against }),
});
const calls = (over: string, against: string) =>
  [1, 50].map((count) => contest("call", `Creating a webhook over ${over}, ${count} in flight`, CLIENT, against));
const receiving = (against: string) =>
  ["node:http", "Express", "Fastify", "Hono"].map((framework) =>
    contest("receiving", `Deliveries to ${framework}, 16 in flight`, "receiver", against),
  );
const bytes = { better: "lower", unit: "B" } as const;
const faster = { by: times, better: "higher", unit: "times" } as const;
const fewer = { by: times, better: "lower", unit: "times" } as const;

const GOALS: readonly Goal[] = [
  {
    what: "The bundle of a call",
    of: [contest("bundle", "A call that creates a webhook", CLIENT)],
    limit: 7_824,
    ...bytes,
  },
  {
    what: "The bundle of verification",
    of: [contest("bundle", "Verifying a delivery", RECEIVER)],
    limit: 3_584,
    ...bytes,
  },
  {
    what: "A call over a stub, to openapi-fetch",
    of: calls("a stub of fetch", "openapi-fetch"),
    limit: 0.65,
    ...faster,
  },
  ...["openapi-fetch", "hey-api", "@octokit/core", "ky", "openai"].map(
    (against): Goal => ({
      what: `A call over loopback, to ${against}`,
      of: calls("loopback", against),
      limit: 1,
      ...faster,
      limits:
        "over a stub ours is level with openapi-fetch, and ahead of the others. Here Node's fetch and the server take nine tenths " +
        "of the time, on the same cores as the caller, and the rounds differ by more than the two do",
    }),
  ),
  {
    what: "Verification of 0.5 KB with 16 in flight, to bare WebCrypto",
    of: [contest("verification", "A delivery of 0.5 KB, 16 in flight", RECEIVER, "crypto.subtle.verify")],
    limit: 0.95,
    ...faster,
    limits:
      "besides checking the signature it reads the headers, copies the bytes that were signed and parses the JSON, on the one " +
      "thread that bare WebCrypto leaves free",
  },
  {
    what: "Receiving, to verifying by hand with crypto.verify",
    of: receiving("crypto.verify"),
    limit: 1.4,
    ...faster,
    limits:
      "verifying on other threads needs cores for them. On two, the sender of the requests and the server share these",
  },
  {
    what: "Receiving, to verifying by hand with WebCrypto",
    of: receiving("WebCrypto"),
    limit: 0.95,
    ...faster,
    limits:
      "the servers written by hand neither claim a delivery, nor look for what came before, nor bound the body, nor wait for " +
      "handlers at the end. That is some 12 µs of JavaScript for each delivery",
  },
  {
    what: "Importing and constructing, beyond an empty program",
    of: [contest("cold-start", "Starting Node, importing and constructing", CLIENT, "an empty program")],
    by: beyond,
    limit: 3,
    better: "lower",
    unit: "ms",
    limits:
      "three modules that are empty take Node more than half of the 3 ms, as the table below has it. Here they are the program, the " +
      "client and openapi-fetch",
  },
  {
    what: "The start of `mindbridge --help`, to an empty program",
    of: [contest("cold-start", "Starting the command line", "mindbridge --help", "an empty program")],
    limit: 1.4,
    ...fewer,
  },
  {
    what: "Generation, to openapi-typescript alone",
    of: ["", " with 100 operations more", " with 1,000 operations more"].map((more) =>
      contest("generation", `Our document${more}`, "our generator", "openapi-typescript"),
    ),
    limit: 1.3,
    ...fewer,
    limits:
      "the same run of openapi-typescript is a quarter to a third of it; the rest is Redocly's lint, validators and methods, which " +
      "openapi-typescript alone does not have",
  },
  {
    what: "Type instantiations of a call and a handler",
    of: [
      contest(
        "type-checking",
        "Type instantiations, beyond those of the types of Node",
        "@mindbridge-sdk/client and receiver",
      ),
    ],
    limit: 100,
    better: "lower",
    unit: "",
  },
];

/** Judges all goals by a run of all sections. */
export function judgeGoals(results: Results): Judged[] {
  return GOALS.map(({ of, by = times, ...goal }) => {
    const reached = of.map(({ section, group, ours, against }) => {
      const measure = (name: string): Measure => measureOf(results, { section, group, name });
      const { value, rounds } = measure(ours);
      if (against === undefined) return value;
      const theirs = measure(against).rounds;
      return quantile(
        rounds.map((each, round) => by(each, theirs[round] ?? Number.NaN)),
        0.5,
      );
    });
    const isLower = goal.better === "lower";
    const worst = isLower ? Math.max(...reached) : Math.min(...reached);
    return { ...goal, reached: worst, isMet: isLower ? worst <= goal.limit : worst >= goal.limit };
  });
}
