import { UsageError } from "../errors.ts";
import { jsonOrText } from "../input.ts";
import { nearest } from "../nearest.ts";
import { printableLine } from "../printable.ts";

/** The body of a delivery. */
export type Event = Record<string, unknown>;

/** A value that is put into a body, such as `data.analysisId=42`. */
export interface Setting {
  /** Names and indices. */
  readonly path: readonly string[];
  readonly text: string;
}

/**
 * Reads `path=value`, such as `data.analysisId=42`.
 *
 * @param flag where it was given.
 * @throws {UsageError} if it is not of that form.
 */
export function readSetting(setting: string, flag: string): Setting {
  const [, path = "", text = ""] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  const names = path.split(".");
  if (names.some((name) => name === "" || name === "__proto__")) {
    throw new UsageError(`${flag} takes path=value, such as data.analysisId=42, not ${JSON.stringify(setting)}.`);
  }
  return { path: names, text };
}

/** Puts values into a body. If a text stood there, the new value is text; otherwise it is JSON, or text if it is not JSON. */
export function withSettings(event: Event, settings: readonly Setting[]): Event {
  for (const { path, text } of settings) {
    const last = path.at(-1) ?? "";
    let target = event;
    for (const name of path.slice(0, -1)) {
      const next = target[name];
      if (typeof next !== "object" || next === null) target[name] = {};
      target = target[name] as Event;
    }
    target[last] = typeof target[last] === "string" ? text : jsonOrText(text);
  }
  return event;
}

/** Says of each setting whose field the body does not have that it is new, and which field may be meant. */
export function newFields(event: Event, settings: readonly Setting[]): string[] {
  const paths = pathsOf(event);
  return settings.flatMap(({ path }) => {
    const given = path.join(".");
    const isInside = settings.some(
      (other) => other.path.length < path.length && given.startsWith(`${other.path.join(".")}.`),
    );
    if (isInside || paths.includes(given)) return [];
    const sameName = paths.find((each) => each.endsWith(`.${given}`));
    const meant = sameName ?? nearest(given, paths);
    return [
      `--set ${printableLine(given)}: the sample has no such field, so it is added.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
    ];
  });
}

function pathsOf(value: unknown, path: readonly string[] = []): string[] {
  const inside = Object.entries(typeof value === "object" && value !== null ? value : {});
  return [path.join("."), ...inside.flatMap(([name, each]) => pathsOf(each, [...path, name]))];
}
