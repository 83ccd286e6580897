import { isRecord } from "../overrides.ts";
import { newId } from "../signing.ts";

/** What the API keeps, as it answers it. */
export interface Entity extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly version: number;
}

/** The things of one kind, in the order in which they were made. */
export interface Entities {
  get(id: string): Entity | undefined;
  all(): Entity[];
  /** Keeps a thing, with the properties that the vendor gives every entity: an id, a version and its dates. */
  add(properties: Readonly<Record<string, unknown>>): Entity;
  /** Changes a thing, and raises its version. */
  change(entity: Entity, properties: Readonly<Record<string, unknown>>): Entity;
  remove(id: string): void;
}

/**
 * Keeps things by the resource that they belong to, such as `webhooks`.
 *
 * @param now The present, in milliseconds.
 */
export function createEntities(now: () => number): (resource: string) => Entities {
  const resources = new Map<string, Entities>();
  const date = () => new Date(now()).toISOString();
  const create = (): Entities => {
    const entities = new Map<string, Entity>();
    const keep = (entity: Entity) => {
      const kept = copied(entity);
      entities.set(kept.id, kept);
      return kept;
    };
    return {
      get: (id) => entities.get(id),
      all: () => [...entities.values()],
      add(properties) {
        const { id = newId(), version = 1, creationDate = date(), ...others } = copied(properties);
        return keep({ id, version, creationDate, lastModifiedDate: creationDate, ...others } as Entity);
      },
      change: ({ id, version }, properties) =>
        keep({
          ...entities.get(id),
          ...properties,
          id,
          version: version + 1,
          lastModifiedDate: date(),
        }),
      remove: (id) => void entities.delete(id),
    };
  };
  return (resource) => {
    const entities = resources.get(resource) ?? create();
    resources.set(resource, entities);
    return entities;
  };
}

/** A copy as JSON has it: without what is `undefined`. */
function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The properties of `value` that are named, or that are not. */
export function pick(value: unknown, names: readonly string[], { not = false } = {}): Record<string, unknown> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.filter(([name]) => names.includes(name) !== not));
}
