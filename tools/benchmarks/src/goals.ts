import { BUDGETS } from "@mindbridge-sdk/repository/budgets";
import { compared, groupOf, measureOf, type Results } from "./measure.ts";

/** What the packages aim at. */
interface Goal {
  readonly what: string;
  /** Every one of these has to reach it. */
  readonly of: readonly Contest[];
  /** How two contestants are compared, round by round: by default, by their ratio. Without `against`, the value itself counts. */
  readonly by?: (ours: number, theirs: number) => number;
  readonly goal: number;
  readonly better: "higher" | "lower";
  readonly unit: string;
  /** What stands in the way, where it is missed. */
  readonly why?: string;
}

/** Who is compared in a group of a section. */
interface Contest {
  readonly section: string;
  readonly group: string;
  readonly ours: string;
  readonly against?: string;
}

/** A goal, and what became of it. */
export interface Judged extends Pick<Goal, "what" | "goal" | "better" | "unit" | "why"> {
  /** The worst of all contests. */
  readonly reached: number;
  /** What the limit reached in the same contest. */
  readonly limit: number;
  readonly isMet: boolean;
}

const beyond = (ours: number, theirs: number) => ours - theirs;

const CLIENT = "@mindbridge-sdk/client";
const RECEIVER = "@mindbridge-sdk/receiver";
const STARTING = "Starting Node, importing and constructing";
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
const faster = { better: "higher", unit: "times" } as const;
const fewer = { better: "lower", unit: "times" } as const;

const GOALS: readonly Goal[] = [
  {
    what: "The bundle of a call",
    of: [contest("bundle", "A call that creates a webhook", CLIENT)],
    goal: BUDGETS.call,
    ...bytes,
  },
  {
    what: "The bundle of verification",
    of: [contest("bundle", "Verifying a delivery", RECEIVER)],
    goal: BUDGETS.verification,
    ...bytes,
  },
  {
    what: "A call over a stub, to openapi-fetch",
    of: calls("a stub of fetch", "openapi-fetch"),
    goal: 0.65,
    ...faster,
  },
  ...["openapi-fetch", "hey-api", "@octokit/core", "ky", "openai"].map(
    (against): Goal => ({
      what: `A call over loopback, to ${against}`,
      of: calls("loopback", against),
      goal: 1,
      ...faster,
      why:
        "Node's fetch and the server take nine tenths of the time here, on the same cores as the caller, and the rounds differ by " +
        "more than the two do. The tables over a stub of fetch have the clients alone",
    }),
  ),
  {
    what: "Verification of 0.5 KB with 16 in flight, to bare WebCrypto",
    of: [contest("verification", "A delivery of 0.5 KB, 16 in flight", RECEIVER, "crypto.subtle.verify")],
    goal: 0.95,
    ...faster,
    why:
      "bare WebCrypto is given the bytes that were signed. To read the headers, copy these bytes and parse the JSON by hand takes what " +
      "stands as the limit. Ours also checks the form of each header, the keys and the time, and makes a delivery of the body",
  },
  {
    what: "Receiving, to verifying by hand with crypto.verify",
    of: receiving("crypto.verify"),
    goal: 1.4,
    ...faster,
    why: "verifying on other threads needs cores for them. On two, the sender of the requests and the server share these",
  },
  ...["WebCrypto", "WebCrypto, careful"].map(
    (against): Goal => ({
      what: `Receiving, to verifying by hand with ${against}`,
      of: receiving(against),
      goal: 0.95,
      ...faster,
      why:
        "ours also bounds the memory of all unverified bodies, can interrupt each handler and renew its claim, and waits for handlers " +
        "at the end. The table of the main thread's time has what ours takes beyond the others. On the same machine, we once took out " +
        "every promise between the socket and the mark, and the main thread's time of a delivery to node:http stayed the same (199 and " +
        "197 µs, where the careful server took 139): what remains is the checks themselves, each of them small",
    }),
  ),
  {
    what: "Importing and constructing, to as many empty modules",
    of: [contest("cold-start", STARTING, CLIENT, "as many empty modules")],
    goal: 1.3,
    ...fewer,
  },
  {
    what: "Importing and constructing, beyond an empty program",
    of: [contest("cold-start", STARTING, CLIENT, "an empty program")],
    by: beyond,
    goal: 3,
    better: "lower",
    unit: "ms",
    why: "to find and load a program and two packages with nothing in them takes Node what stands as the limit",
  },
  {
    what: "The start of `mindbridge --help`, to an empty program",
    of: [contest("cold-start", "Starting the command line", "mindbridge --help", "an empty program")],
    goal: 1.4,
    ...fewer,
  },
  {
    what: "Generation from 1,000 operations, to openapi-typescript alone",
    of: [contest("generation", "Our document with 1,000 operations more", "our generator", "openapi-typescript")],
    goal: 2,
    ...fewer,
    why:
      "it runs openapi-typescript as well, and the lint and the validators, which openapi-typescript alone has not: the table " +
      "of its parts has what each takes",
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
    goal: 100,
    better: "lower",
    unit: "",
  },
];

/** Judges all goals by a run of all sections. */
export function judgeGoals(results: Results): Judged[] {
  return GOALS.map(({ of, by, ...goal }) => {
    const isLower = goal.better === "lower";
    const contests = of.map(({ section, group: title, ours, against }) => {
      const group = groupOf(results, { section, group: title });
      const reach = (name: string) => {
        const measure = measureOf(group, name);
        return against === undefined ? measure.value : compared(measure, measureOf(group, against), by);
      };
      return { reached: reach(ours), limit: reach(group.limit ?? group.baseline) };
    });
    const [worst = { reached: Number.NaN, limit: Number.NaN }] = contests.toSorted((a, b) =>
      isLower ? b.reached - a.reached : a.reached - b.reached,
    );
    return { ...goal, ...worst, isMet: isLower ? worst.reached <= goal.goal : worst.reached >= goal.goal };
  });
}
