// What Node, Bun and Deno run: the suite, told on its last line of output.
import { argv } from "node:process";
import { runSuite, type Servers } from "./suite.ts";

const results = await runSuite(JSON.parse(argv[2] ?? "") as Servers);
console.log(JSON.stringify(results));
