import { type Violation, violation } from "../mocked-operations.ts";
import { isRecord } from "../overrides.ts";

/** A page of a query, with the properties that the vendor publishes. */
export interface Page<T> extends Readonly<Record<string, unknown>> {
  readonly content: readonly T[];
}

/** How many items a page has by default. The vendor does not publish it. */
const USUAL_SIZE = 20;

const INT32 = 2 ** 31 - 1;

/** The query parameters of a query, or what is wrong with them. */
export function readPaging(
  parameters: URLSearchParams,
): { readonly page: number; readonly size: number; readonly sort: readonly string[] } | readonly Violation[] {
  const violations: Violation[] = [];
  const wholeNumber = (name: string, least: number, usual: number) => {
    const text = parameters.get(name);
    if (text === null) return usual;
    const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(number)) violations.push(violation(["query", name], "type", "must be an integer"));
    else if (number < least) violations.push(violation(["query", name], "minimum", `must be >= ${least}`));
    else if (number > INT32) violations.push(violation(["query", name], "format", 'must match format "int32"'));
    return number;
  };
  const page = wholeNumber("page", 0, 0);
  const size = wholeNumber("size", 1, USUAL_SIZE);
  return violations.length > 0 ? violations : { page, size, sort: parameters.getAll("sort") };
}

/** The page of a query. */
export function pageOf<T>(
  items: readonly T[],
  { page, size, sort }: { readonly page: number; readonly size: number; readonly sort: readonly string[] },
): Page<T> {
  const content = sorted(items, sort).slice(page * size, (page + 1) * size);
  const totalPages = Math.ceil(items.length / size);
  const sorting = { empty: sort.length === 0, unsorted: sort.length === 0, sorted: sort.length > 0 };
  return {
    content,
    pageNumber: page,
    pageSize: size,
    number: page,
    size,
    numberOfElements: content.length,
    totalElements: items.length,
    totalPages,
    first: page === 0,
    last: page + 1 >= totalPages,
    sort: sorting,
    pageable: { pageNumber: page, pageSize: size, offset: page * size, sort: sorting },
  };
}

/** The items by `property,(asc|desc)`, the first property first. */
function sorted<T>(items: readonly T[], sort: readonly string[]): T[] {
  const orders = sort.map((each) => {
    const [property = "", direction] = each.split(",");
    return { property, sign: direction === "desc" ? -1 : 1 };
  });
  return items.toSorted((one, other) => {
    for (const { property, sign } of orders) {
      const order = compare(valueAt(one, property), valueAt(other, property));
      if (order) return sign * order;
    }
    return 0;
  });
}

/** The operators of the vendor's query language on a field. There may be others, which are not published. */
const OPERATORS: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  $eq: isEqual,
  $ne: (value, operand) => !isEqual(value, operand),
  $gte: (value, operand) => (compare(value, operand) ?? -1) >= 0,
  $lt: (value, operand) => (compare(value, operand) ?? 0) < 0,
  $iprefix: (value, operand) =>
    typeof value === "string" && typeof operand === "string" && value.toLowerCase().startsWith(operand.toLowerCase()),
};

/** What a filter holds that is not published: the operators that we do not know, and where. */
export function violationsOfFilter(filter: unknown, location: readonly string[] = ["body"]): Violation[] {
  if (!isRecord(filter)) return [violation(location, "type", "must be an object")];
  return Object.entries(filter).flatMap(([key, value]) => {
    const place = [...location, key];
    if (key === "$and" || key === "$or") {
      if (!Array.isArray(value)) return [violation(place, "type", "must be a list of filters")];
      return value.flatMap((each: unknown, index) => violationsOfFilter(each, [...place, `${index}`]));
    }
    if (key.startsWith("$") && !Object.hasOwn(OPERATORS, key)) return [violation(place, "enum", UNKNOWN)];
    return isRecord(value) ? violationsOfFilter(value, place) : [];
  });
}

const UNKNOWN = `is no operator that the vendor publishes: ${[...Object.keys(OPERATORS), "$and", "$or"].join(", ")}`;

/** Whether an item is one that a filter asks for. */
export function matches(item: unknown, filter: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === "$and") return (condition as Readonly<Record<string, unknown>>[]).every((each) => matches(item, each));
    if (key === "$or") return (condition as Readonly<Record<string, unknown>>[]).some((each) => matches(item, each));
    const value = valueAt(item, key);
    if (!isRecord(condition)) return isEqual(value, condition);
    return Object.entries(condition).every(([operator, operand]) => OPERATORS[operator]?.(value, operand) ?? false);
  });
}

/** The value of a field, also of one in an object: `createdUserInfo.userId`. */
function valueAt(item: unknown, path: string): unknown {
  return path.split(".").reduce((value, name) => (isRecord(value) ? value[name] : undefined), item);
}

/** Whether a field has a value. A list has each of its items. */
function isEqual(value: unknown, operand: unknown): boolean {
  return value === operand || (Array.isArray(value) && value.includes(operand));
}

/** Below 0 if the first comes first; `undefined` if neither does. Dates are compared as times, however they are written. */
function compare(one: unknown, other: unknown): number | undefined {
  const [a, b] = [comparable(one), comparable(other)];
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string") return undefined;
  return a < b ? -1 : Number(a > b);
}

function comparable(value: unknown): unknown {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}
