import { describe, expect, test } from "vitest";
import type { PaginationError } from "../../src/errors.ts";
import { paginate } from "../../src/pages.ts";
import type { APIPromise, RequestFunction } from "../../src/resource.ts";

/** A server of pages with cursors, and what it was asked. */
function serverOf(answer: (after: string | undefined) => object): { asked: unknown[]; request: RequestFunction } {
  const asked: unknown[] = [];
  const request = ((_operation, _method, _path, _input, options) => {
    const { after } = Object(options?.query);
    asked.push(after);
    return Promise.resolve(answer(after)) as APIPromise<never>;
  }) as RequestFunction;
  return { asked, request };
}

const CURSORS = { parameter: "after", items: ["names"], next: ["next"] };

function iterate(request: RequestFunction, query?: object): AsyncIterable<string> {
  return paginate<object, string>(request, CURSORS, "people.names", "GET", "/v1/names", {}, { query });
}

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("pages with cursors", () => {
  test("are read until one has no cursor, also over an empty one", async () => {
    const pages: Record<string, object> = {
      "": { names: ["a"], next: "1" },
      1: { names: [], next: "2" },
      2: { names: ["b", "c"], next: null },
    };
    const { asked, request } = serverOf((after = "") => pages[after] ?? {});
    expect(await all(iterate(request))).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([undefined, "1", "2"]);
    expect(await all(iterate(request, { after: "2", size: 5 }))).toEqual(["b", "c"]);
  });

  test("are read where their items and cursors are inside other properties", async () => {
    const pages: Record<string, object> = {
      "": { data: { names: ["a"] }, meta: { next: "1" } },
      1: { data: { names: ["b"] }, meta: null },
    };
    const { asked, request } = serverOf((after = "") => pages[after] ?? {});
    const inside = { parameter: "after", items: ["data", "names"], next: ["meta", "next"] };
    expect(await all(paginate(request, inside, "people.names", "GET", "/v1/names", {}, {}))).toEqual(["a", "b"]);
    expect(asked).toEqual([undefined, "1"]);
    const empty = serverOf(() => ({ data: {} })).request;
    await expect(all(paginate(empty, inside, "people.names", "GET", "/v1/names", {}, {}))).rejects.toThrow(
      "a page without data.names",
    );
  });

  test("end in an error if a page leads to itself", async () => {
    const { asked, request } = serverOf(() => ({ names: ["a"], next: "1" }));
    const error = await all(iterate(request)).catch((thrown: PaginationError) => thrown);
    expect(error).toMatchObject({
      name: "PaginationError",
      code: "pagination",
      operation: "people.names",
      attempts: 2,
    });
    expect(asked).toEqual([undefined, "1"]);
  });

  test("end in an error after 10,000 pages", async () => {
    const { asked, request } = serverOf((after = "0") => ({ names: [], next: `${Number(after) + 1}` }));
    await expect(all(iterate(request))).rejects.toThrow("10000 pages and more. Ask for larger ones");
    expect(asked).toHaveLength(10_000);
  });
});

describe("pages with numbers", () => {
  const FROM_1 = { parameter: "page", start: 1, items: ["names"], last: ["last"], total: ["total"] };

  /** A server of pages with numbers from 1, and an iteration of all. */
  function scenarioOf(total: number, isLast = (page: number) => page === total) {
    const asked: unknown[] = [];
    const request = ((_operation, _method, _path, _input, options) => {
      const { page } = Object(options?.query);
      asked.push(page);
      return Promise.resolve({ names: [`${page ?? 1}`], last: isLast(page ?? 1), total }) as APIPromise<never>;
    }) as RequestFunction;
    return { asked, names: paginate<object, string>(request, FROM_1, "people.names", "GET", "/v1/names", {}) };
  }

  test("are read from the first, which may have the number 1", async () => {
    const { asked, names } = scenarioOf(3);
    expect(await all(names)).toEqual(["1", "2", "3"]);
    expect(asked).toEqual([undefined, 2, 3]);
  });

  test("end in an error after as many as there are, if none is the last", async () => {
    const { asked, names } = scenarioOf(3, () => false);
    await expect(all(names)).rejects.toThrow("no last page");
    expect(asked).toEqual([undefined, 2, 3]);
  });
});
