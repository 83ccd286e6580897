import { type Case, type Context, check, equal, json, rejection, type Step, scenario, WEBHOOK } from "../support.ts";

/** A page of webhooks with these ids. */
function page(number: number, ids: readonly string[], more: object = {}): Step {
  const content = ids.map((id) => ({ ...WEBHOOK, id }));
  const body = JSON.stringify({ content, number, totalPages: 3, totalElements: 5, last: number === 2, ...more });
  return { status: 200, headers: json(), body };
}

const THREE = [page(0, ["a", "b"]), page(1, ["c", "d"]), page(2, ["e"])];

async function idsOf(items: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

/** A server whose pages do not end as pages do, and how many items come before the error. */
function endless(name: string, items: number, ...steps: Step[]): Case {
  return {
    name: `pages that do not end are a PaginationError: ${name}`,
    async run(context: Context) {
      const { client, received } = await scenario(context, ...steps);
      const ids: string[] = [];
      const iterate = async () => {
        for await (const { id } of client().webhooks.query()) ids.push(id);
      };
      const error = await rejection(iterate(), context.sdk.PaginationError);
      equal(error.code, "pagination", "code");
      equal(error.operation, "webhooks.query", "operation");
      equal(ids.length, items, "items before the error");
      check((await received()).length <= 3, "no more than three requests");
    },
  };
}

/** Responses that are pages, and calls that read by POST. */
export const pages: Case[] = [
  {
    name: "a query resolves to its first page, and sends an empty filter by default",
    async run(context) {
      const { client, received } = await scenario(context, ...THREE);
      const first = await client().webhooks.query();
      equal(first.content.length, 2, "items");
      equal(first.totalElements, 5, "all items");
      equal(
        (await received()).map(({ method, path, body }) => [method, path.replace(/^.*\/v1/, ""), body]),
        [["POST", "/webhooks/query", "{}"]],
        "requests",
      );
    },
  },
  {
    name: "a query can be iterated: all items, each page when the one before is used up",
    async run(context) {
      const { client, received } = await scenario(context, ...THREE);
      const query = client().webhooks.query({ status: "ACTIVE" }, { query: { size: 2, sort: ["name,desc", "id"] } });
      const requestsAt: number[] = [];
      for await (const _ of query) requestsAt.push((await received()).length);
      equal(requestsAt, [1, 1, 2, 2, 3], "requests at each item");
      const requests = await received();
      const parameters = requests.map(({ path }) => new URLSearchParams(path.slice(path.indexOf("?"))));
      equal(
        parameters.map((each) => each.get("page")),
        [null, "1", "2"],
        "page",
      );
      for (const each of parameters)
        equal([each.get("size"), each.getAll("sort")], ["2", ["name,desc", "id"]], "query");
      for (const { body } of requests) equal(body, '{"status":"ACTIVE"}', "body");
    },
  },
  {
    name: "a query can be iterated page by page, from the page that is asked for",
    async run(context) {
      const { client, received } = await scenario(context, ...THREE.slice(1));
      const numbers: number[] = [];
      for await (const { number } of client()
        .webhooks.query({}, { query: { page: 1 } })
        .pages())
        numbers.push(number);
      equal(numbers, [1, 2], "pages");
      check((await received()).at(-1)?.path.endsWith("?page=2") === true, "the next page is asked for");
    },
  },
  {
    name: "a query that is left early reads no further page",
    async run(context) {
      const { client, received } = await scenario(context, ...THREE);
      for await (const _ of client().webhooks.query()) break;
      equal((await received()).length, 1, "requests");
    },
  },
  {
    name: "an empty page that is the last ends a query",
    async run(context) {
      const { client } = await scenario(context, page(0, [], { last: true, totalPages: 0 }));
      equal(await idsOf(client().webhooks.query()), [], "items");
    },
  },
  {
    name: "an abort ends a query before the next page",
    async run(context) {
      const { client, received } = await scenario(context, ...THREE);
      const controller = new AbortController();
      const ids: string[] = [];
      const iterate = async () => {
        for await (const { id } of client().webhooks.query({}, { signal: controller.signal })) {
          ids.push(id);
          controller.abort();
        }
      };
      await rejection(iterate(), context.sdk.AbortError);
      equal(ids, ["a", "b"], "items");
      equal((await received()).length, 1, "requests");
    },
  },
  {
    name: "an error of a later page ends a query with that error",
    async run(context) {
      const { client } = await scenario(context, page(0, ["a"]), { status: 403 });
      await rejection(idsOf(client().webhooks.query()), context.sdk.PermissionDeniedError);
    },
  },
  endless("the server repeats a page", 1, page(0, ["a"], { totalPages: 9 })),
  endless("the last page is said not to be the last", 5, ...THREE.slice(0, 2), page(2, ["e"], { last: false })),
  endless("no page says whether it is the last", 1, page(0, ["a"], { last: undefined })),
  endless("empty pages follow each other", 0, page(0, [], { last: false, totalPages: 9 })),
  endless("a page has no items", 0, page(0, [], { content: undefined })),
  {
    name: "a POST that only reads is repeated, as a GET is, and its error does not warn of a repetition",
    async run(context) {
      const { client, received } = await scenario(context, { status: 503 }, { before: "cut" }, page(2, ["e"]));
      equal(await idsOf(client().webhooks.query()), ["e"], "items");
      equal((await received()).length, 3, "requests");
      const failing = await scenario(context, { status: 500 });
      const error = await rejection(
        Promise.resolve(failing.client({ maxRetries: 0 }).webhooks.query()),
        context.sdk.InternalServerError,
      );
      check(!error.message.includes("look before you retry"), `no warning: ${error.message}`);
    },
  },
];
