import { deliveries } from "@mindbridge-sdk/testing";
import { UsageError } from "../usage-error.ts";

/** The body of a delivery. */
export type Event = Record<string, unknown>;

/** The types of which there are samples: those that the contract lists. */
export function sampleTypes(): string[] {
  return samples().map(({ type }) => String(type));
}

/**
 * A sample of a type, with what is given over it.
 *
 * @param settings `path=value` each, such as `data.analysisId=42`.
 * @throws {UsageError} if one of them is not of that form.
 */
export function sampleEvent(type: string, settings: readonly string[]): { event: Event; isKnown: boolean } {
  const known = samples().find((sample) => sample.type === type);
  const event = known ?? { ...samples()[0], type, data: {} };
  for (const setting of settings) set(event, setting);
  return { event, isKnown: known !== undefined };
}

function samples(): Event[] {
  return Object.values(deliveries).map((make) => make() as unknown as Event);
}

/** Sets what a path of names and indices leads to. A text stays one where one was; elsewhere, JSON is read as such. */
function set(event: Event, setting: string): void {
  const [, path = "", text = ""] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  const names = path.split(".");
  const last = names.pop() ?? "";
  if (last === "" || [...names, last].some((name) => name === "" || name === "__proto__")) {
    throw new UsageError(`--set takes path=value, such as data.analysisId=42, not ${JSON.stringify(setting)}.`);
  }
  let target: Record<string, unknown> = event;
  for (const name of names) {
    const next = target[name];
    if (typeof next !== "object" || next === null) target[name] = {};
    target = target[name] as Record<string, unknown>;
  }
  target[last] = typeof target[last] === "string" ? text : readValue(text);
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
