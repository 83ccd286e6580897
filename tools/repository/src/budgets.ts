// The most bytes of what users bundle, minified and compressed. A test holds them, and the page of the benchmarks shows them as goals.
import { readFileSync } from "node:fs";
import { DELIVERY_TYPES } from "@mindbridge-sdk/contract/deliveries";
import { OPERATIONS } from "@mindbridge-sdk/contract/operations";

/** Iterating over pages, with its error and with properties inside others. */
const PAGES = 432;
/** Sending back an entity as it was read, without what only the server sets, at any depth. */
const AS_READ = 176;
/** Saying that a key is missing, and what to do about each code, in the words that the log and the examiner share. */
const ADVICE = 256;
/** Saying of a signature that does not match that another webhook, such as a second one with this URL, may have signed. */
const ANOTHER_WEBHOOK = 32;
/** Naming the cause where a key is missing, of another kind, in quotes, escaped or a placeholder, also where a function gave it. */
const CAUSES = 512;
/** Refusing every other option that cannot work when the receiver is created, by its name. */
const OPTIONS = 256;
/** Checking the keys when the receiver is created, and the line that it writes about each failure. */
const LOG = 1_248;
/** Sending the token in the header of the operation, if it needs one or there is one; and taking the base path from the document. */
const TOKEN_HEADERS = 192;
/** Refusing an option that a client does not have, such as `timeOut`, by its name. */
const CLIENT_OPTIONS = 144;
/** Saying which of the tenant, the address and the token of a client cannot work, and why: unset, both given, with Bearer before it. */
const CLIENT_CAUSES = 304;
/** Bodies other than JSON, and queries that openapi-fetch would write otherwise. Only the generated calls that need it import it. */
const SERIALIZATION = 624;
/** Answers as streams. Only the generated calls that need it import it. */
const STREAM = 416;
/** Refusing options of a recovery that do not exist, and asking for a webhook that has no logs, since its id may be wrong. */
const NO_FALSE_ALL_CLEAR = 32;
/** A delivery that has `traceparent`, and `raw` where no copy has it. */
const RAW_APART = 64;
/** Taking data of other types than objects, and none, where the contract has them. */
const OTHER_DATA = 112;
/** Writing deliveries for a queue, and checking those that come out of it, with the errors. */
const QUEUED = 416;
/** Running handlers within wraps. */
const WRAPS = 96;
/** Refusing handlers that can never run, and deliveries that no handler can take; and a line whatever the log and the error do. */
const NO_SILENCE = 352;
/** A line for each type that no handler listens to: MindBridge takes its deliveries as done. */
const IGNORED = 112;
/** A signal only for handlers that ask for one. It saves a sixth of the time that a delivery takes here, and half of the garbage. */
const LAZY_SIGNAL = 96;
/** Waiting, with a timer and a race, only for a store and a handler that take their time, and a context with one layout: a quarter off. */
const WAITS = 96;
/** Naming the cause in the line where a handler ended its transaction or the table is missing, also within the error of a library. */
const STORE_CAUSES = 96;
/** Refusing options and hooks that do not exist, units that were mixed up, a listener that cannot answer, and a failed `Response`. */
const SLIPS = 352;
/** The budgets are for three operations and two types of delivery. Each further one may add this many bytes. */
const perOperation = 40 * (Object.keys(OPERATIONS).length - 3);
const perDelivery = 24 * (DELIVERY_TYPES.length - 2);

/** The client of a document that has JSON alone bundles neither. */
const resources = readFileSync(new URL("../../../packages/client/src/generated/resources.ts", import.meta.url), "utf8");
const otherContent =
  (resources.includes('"../serialization.ts"') ? SERIALIZATION : 0) +
  (resources.includes('"../stream.ts"') ? STREAM : 0);

export const BUDGETS = {
  /** A call that creates a webhook. */
  call: 7_168 + PAGES + AS_READ + TOKEN_HEADERS + CLIENT_OPTIONS + CLIENT_CAUSES + otherContent + perOperation,
  /** Verifying a delivery, with the errors. */
  verification: 4_096 + ADVICE + ANOTHER_WEBHOOK + CAUSES + RAW_APART + OTHER_DATA + perDelivery,
  /** A receiver with the store in memory. */
  receiver:
    7_488 +
    ADVICE +
    ANOTHER_WEBHOOK +
    CAUSES +
    OPTIONS +
    LOG +
    RAW_APART +
    OTHER_DATA +
    QUEUED +
    WRAPS +
    NO_SILENCE +
    IGNORED +
    LAZY_SIGNAL +
    WAITS +
    STORE_CAUSES +
    SLIPS +
    perDelivery,
  /** Recovering deliveries, by itself. */
  recovery: 1_408 + NO_FALSE_ALL_CLEAR,
};
