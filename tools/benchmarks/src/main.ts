import { measureCalls } from "./calls.ts";
import { measureGenerator } from "./generator.ts";
import { measureImports } from "./imports.ts";
import { measureReceiving } from "./receiving.ts";
import { printTable } from "./table.ts";
import { measureValidators } from "./validators.ts";
import { measureVerifying } from "./verifying.ts";

// Ratios against a baseline of the same run: they say something on any machine, and fail no build.
console.log(
  "\nCalls a second of `webhooks.create`, against openapi-fetch doing the same by itself (median of the rounds)",
);
printTable(await measureCalls());

console.log("\nMilliseconds to start Node and import (median), against starting Node alone");
printTable(measureImports());

console.log("\nMilliseconds to generate everything from a document, by its number of operations (median)");
printTable(await measureGenerator());

console.log("\nValidators of the body of `webhooks.create`, against ours: all find every problem of a body (median)");
printTable(await measureValidators());

console.log("\nDeliveries of half a kilobyte a second, 16 in flight, against bare WebCrypto (median of the rounds)");
printTable(await measureVerifying());

console.log("\nDeliveries a second over loopback, against the same framework verifying by hand (median of the rounds)");
printTable(await measureReceiving());
