import { failure } from "./call.ts";
import { PaginationError } from "./errors.ts";
import type { APIPromise, RequestFunction } from "./resource.ts";

/**
 * A query under way. It resolves to its first page, as a call does. It can also be iterated, for the items of all pages: each
 * page is read when the one before it is used up. After an abort of its `signal`, it reads no further page.
 *
 * Do not change or delete inside the loop what the query selects: later pages would move up, and some items would be
 * skipped. Collect all items first.
 */
export interface PagePromise<Page, Item, Answer extends Response = Response> extends APIPromise<Page, Answer> {
  /** All pages, from the one that was asked for. */
  pages(): AsyncGenerator<Page, void, undefined>;
  /** The items of all pages, from the one that was asked for. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
}

/** How the pages of an operation follow each other: the names of a query parameter, and of properties of a page. */
export interface Pagination {
  /** The parameter that asks for a page. */
  readonly parameter: string;
  readonly items: string;
  /** The property that says whether a page is the last, where pages have numbers from 0. */
  readonly last?: string;
  /** The property that says how many pages there are, if pages say so. */
  readonly total?: string;
  /** The property that holds the cursor of the next page, where pages have cursors. */
  readonly next?: string;
}

/** More pages than these are taken for a mistake of the server. */
const MOST_PAGES = 10_000;

/** Calls an operation whose response is a page. `call` is what `request` takes. */
export function paginate<Page, Item, Answer extends Response = Response>(
  request: RequestFunction,
  { parameter, items, last = "", total = "", next }: Pagination,
  ...call: Parameters<RequestFunction>
): PagePromise<Page, Item, Answer> {
  const [operation, method, url, input, options] = call;
  const first = request<Page, Answer>(...call);

  async function* pages(): AsyncGenerator<Page, void, undefined> {
    let asked: unknown = Object(options?.query)[parameter];
    let before: string | undefined;
    let reading: Promise<Page> = first;
    for (let attempts = 1; ; attempts++) {
      const fail = (mistake: string): never => {
        const state = { operation, method, url, attempts, outcome: "unknown", safe: true } as const;
        throw failure({ state, tokens: [] }, PaginationError, `answered with ${mistake}.`);
      };
      const page = await reading;
      const { [items]: held, [last]: isLast, [total]: count, [next ?? ""]: cursor } = Object(page);
      if (!Array.isArray(held)) fail(`a page without ${items}`);
      const text = JSON.stringify(held);
      if (next ? cursor && cursor === asked : text === before) fail("a page again");
      yield page;
      if (next ? !cursor : isLast === true) return;
      asked = next ? cursor : Number(asked ?? 0) + 1;
      if (!next && (isLast !== false || Number(asked) >= count)) fail("no page that is the last");
      if (attempts === MOST_PAGES) fail(`${MOST_PAGES} pages and more. Ask for larger ones`);
      before = text;
      reading = request(operation, method, url, input, {
        ...options,
        query: { ...options?.query, [parameter]: asked },
      });
    }
  }

  return Object.assign(first, {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* Object(page)[items];
    },
  });
}
