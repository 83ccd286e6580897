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

/** A property of a page: its name or, of one inside others, the names on the way to it. */
type Property = readonly string[];

/** How the pages of an operation follow each other: a query parameter, and properties of a page. */
export interface Pagination {
  /** The parameter that asks for a page. */
  readonly parameter: string;
  readonly items: Property;
  /** The number of the first page, if it is not 0. */
  readonly start?: number;
  /** The property that says whether a page is the last, where pages have numbers. */
  readonly last?: Property;
  /** The property that says how many pages there are, if pages say so. */
  readonly total?: Property;
  /** The property that holds the cursor of the next page, where pages have cursors. */
  readonly next?: Property;
}

function read(page: unknown, property: Property = []): unknown {
  return property.reduce<unknown>((around, name) => Object(around)[name], page);
}

/** More pages than these are taken for a mistake of the server. */
const MOST_PAGES = 10_000;

/** Calls an operation whose response is a page. `call` is what `request` takes. */
export function paginate<Page, Item, Answer extends Response = Response>(
  request: RequestFunction,
  { parameter, start = 0, items, last, total, next }: Pagination,
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
      const [held, isLast, count, cursor] = [items, last, total, next].map((property) => read(page, property));
      if (!Array.isArray(held)) fail(`a page without ${items.join(".")}`);
      const text = JSON.stringify(held);
      if (next ? cursor && cursor === asked : text === before) fail("a page again");
      yield page;
      if (next ? !cursor : isLast === true) return;
      asked = next ? cursor : Number(asked ?? start) + 1;
      if (!next && (isLast !== false || Number(asked) - start >= Number(count))) fail("no last page");
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
      for await (const page of pages()) yield* read(page, items) as Item[];
    },
  });
}
