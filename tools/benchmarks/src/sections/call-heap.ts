import { BODY, stubFetch, TOKEN } from "./api.ts";
import { connect } from "./programs.ts";

// Prints how many bytes a call of the program that is named takes from the heap.
const CALLS = 500;
const [program = ""] = process.argv.slice(2);
const create = await connect(program, { baseUrl: "http://127.0.0.1:9", token: TOKEN, fetch: stubFetch });
for (let warm = 0; warm < CALLS; warm++) await create(BODY);
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
for (let call = 0; call < CALLS; call++) await create(BODY);
console.log(Math.round((process.memoryUsage().heapUsed - before) / CALLS));
