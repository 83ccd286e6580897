import { type Measure, measureOf, type Results } from "./measure/group.ts";
import { quantile } from "./measure/rounds.ts";

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
const call = (over: string, against: string): Contest[] =>
  [1, 50].map((inFlight) => ({
    section: "call",
    group: `Creating a webhook over ${over}, ${inFlight} in flight`,
    ours: CLIENT,
    against,
  }));
const receiving = (against: string): Contest[] =>
  ["node:http", "Express", "Fastify", "Hono"].map((framework) => ({
    section: "receiving",
    group: `Deliveries to ${framework}, 16 in flight`,
    ours: "receiver",
    against,
  }));

const GOALS: readonly Goal[] = [
  {
    what: "The bundle of a call",
    of: [{ section: "bundle", group: "A call that creates a webhook", ours: CLIENT }],
    limit: 6_144,
    better: "lower",
    unit: "B",
  },
  {
    what: "The bundle of verification",
    of: [{ section: "bundle", group: "Verifying a delivery", ours: "@mindbridge-sdk/receiver" }],
    limit: 3_072,
    better: "lower",
    unit: "B",
  },
  {
    what: "A call over a stub, to openapi-fetch",
    of: call("a stub of fetch", "openapi-fetch"),
    by: times,
    limit: 0.65,
    better: "higher",
    unit: "times",
  },
  ...["openapi-fetch", "hey-api", "@octokit/core", "ky", "openai"].map(
    (against): Goal => ({
      what: `A call over loopback, to ${against}`,
      of: call("loopback", against),
      by: times,
      limit: 1,
      better: "higher",
      unit: "times",
      limits:
        "over a stub ours is level with openapi-fetch, and ahead of the others. Here Node's fetch and the server take nine tenths " +
        "of the time, on the same cores as the caller, and the rounds differ by more than the two do",
    }),
  ),
  {
    what: "Verification of 0.5 KB with 16 in flight, to bare WebCrypto",
    of: [
      {
        section: "verification",
        group: "A delivery of 0.5 KB, 16 in flight",
        ours: "@mindbridge-sdk/receiver",
        against: "crypto.subtle.verify",
      },
    ],
    by: times,
    limit: 0.95,
    better: "higher",
    unit: "times",
    limits:
      "besides checking the signature it reads the headers, copies the bytes that were signed and parses the JSON, on the one " +
      "thread that bare WebCrypto leaves free",
  },
  {
    what: "Receiving, to verifying by hand with crypto.verify",
    of: receiving("crypto.verify"),
    by: times,
    limit: 1.4,
    better: "higher",
    unit: "times",
    limits:
      "verifying on other threads needs cores for them. On two, the sender of the requests and the server share these",
  },
  {
    what: "Receiving, to verifying by hand with WebCrypto",
    of: receiving("WebCrypto"),
    by: times,
    limit: 0.95,
    better: "higher",
    unit: "times",
    limits:
      "the servers written by hand neither claim a delivery, nor look for what came before, nor bound the body, nor wait for " +
      "handlers at the end. That is some 12 µs of JavaScript for each delivery",
  },
  {
    what: "Importing and constructing, beyond an empty program",
    of: [
      {
        section: "cold-start",
        group: "Starting Node, importing and constructing",
        ours: CLIENT,
        against: "an empty program",
      },
    ],
    by: beyond,
    limit: 3,
    better: "lower",
    unit: "ms",
    limits:
      "five modules that are empty take Node most of the 3 ms, as the table below has it. Here they are the program, two of ours, " +
      "openapi-fetch and the contract",
  },
  {
    what: "The start of `mindbridge --help`, to an empty program",
    of: [
      {
        section: "cold-start",
        group: "Starting the command line",
        ours: "mindbridge --help",
        against: "an empty program",
      },
    ],
    by: times,
    limit: 1.4,
    better: "lower",
    unit: "times",
  },
  {
    what: "Generation, to openapi-typescript alone",
    of: ["", " with 100 operations more", " with 1,000 operations more"].map((more) => ({
      section: "generation",
      group: `Our document${more}`,
      ours: "our generator",
      against: "openapi-typescript",
    })),
    by: times,
    limit: 1.3,
    better: "lower",
    unit: "times",
    limits:
      "the same run of openapi-typescript is a quarter to a third of it; the rest is Redocly's lint and ajv's validators, which " +
      "openapi-typescript alone does not have",
  },
  {
    what: "Type instantiations of a call and a handler",
    of: [
      {
        section: "type-checking",
        group: "Type instantiations, beyond those of the types of Node",
        ours: "@mindbridge-sdk/client and receiver",
      },
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
