import { randomBytes } from "node:crypto";
import { deliveries } from "@mindbridge-sdk/testing";
import { UsageError } from "../usage-error.ts";

/** The body of a delivery. */
export type Event = Record<string, unknown>;

/** A value that is put into a body, such as `data.analysisId=42`. */
export interface Setting {
  /** Names and indices. */
  readonly path: readonly string[];
  readonly text: string;
}

/** What a sample is made of. */
export interface SampleOptions {
  /** The `webhook-id` of the delivery, which is also the id of the event. */
  readonly id: string;
  /** What is put over the sample. */
  readonly settings: readonly Setting[];
}

/** The types of which there are samples: those that the contract lists. */
export function sampleTypes(): string[] {
  return samples().map(({ type }) => String(type));
}

/** A sample of a type, of an event of its own, with what is set over it. */
export function sampleEvent(type: string, { id, settings }: SampleOptions): { event: Event; isKnown: boolean } {
  const known = samples().find((sample) => sample.type === type);
  const event = known ?? { ...samples()[0], type, data: {} };
  // Who does things once may remember an event by any of these.
  for (const holder of [event, event.data as Event]) if ("eventId" in holder) holder.eventId = id;
  for (const setting of settings) set(event, setting);
  return { event, isKnown: known !== undefined };
}

/** An id of the form that MindBridge's have. */
export function newId(): string {
  return randomBytes(12).toString("hex");
}

function samples(): Event[] {
  return Object.values(deliveries).map((make) => make() as unknown as Event);
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

/** Sets what a path leads to. A text stays one where one was; elsewhere, JSON is read as such. */
function set(event: Event, { path, text }: Setting): void {
  const last = path.at(-1) ?? "";
  let target = event;
  for (const name of path.slice(0, -1)) {
    const next = target[name];
    if (typeof next !== "object" || next === null) target[name] = {};
    target = target[name] as Event;
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
