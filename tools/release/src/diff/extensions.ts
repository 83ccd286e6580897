import type { Document } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import { keysOf, pointerOf } from "./json.ts";
import { isExtension } from "./normal-form.ts";
import { placeName } from "./place.ts";
import { documented } from "./rated.ts";
import { scatteredChanges } from "./scattered.ts";

/** What has changed of the extensions of OpenAPI, as `x-source`, which no other comparison sees. */
export function extensionChanges(base: Document, revision: Document): Change[] {
  return scatteredChanges(base, revision, isExtension).map(({ pointer, kind }) => {
    const keys = keysOf(pointer);
    const name = placeName(kind === "gone" ? base : revision, pointerOf(keys.slice(0, -1)), []);
    const what = `\`${keys.at(-1) ?? ""}\` of ${name} ${kind === "another" ? "has changed" : `is ${kind}`}.`;
    return documented(pointer, what, {
      level: "none",
      reason: "It says nothing by itself: where it shows in what is generated, that is compared.",
    });
  });
}
