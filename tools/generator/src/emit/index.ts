import type { Model } from "../model.ts";
import { commands } from "./commands.ts";
import { deliveries } from "./deliveries.ts";
import type { Emitter, Export } from "./emitter.ts";
import { enums } from "./enums.ts";
import { errors } from "./errors.ts";
import { examples } from "./examples.ts";
import { fixtures } from "./fixtures.ts";
import { openapi } from "./openapi.ts";
import { operations } from "./operations.ts";
import { requests } from "./requests.ts";
import { resources } from "./resources.ts";
import { samples } from "./samples.ts";
import { server } from "./server.ts";
import { types } from "./types.ts";
import { validators } from "./validators.ts";
import { version } from "./version.ts";

export const EMITTERS: readonly Emitter[] = [
  commands,
  resources,
  deliveries,
  enums,
  errors,
  examples,
  openapi,
  operations,
  server,
  types,
  validators,
  version,
  fixtures,
  requests,
  samples,
];

/** The folder that an emitter writes to, from the root of the repository. */
export function folderOf(emitter: Emitter): string {
  return `packages/${emitter.package}/src/generated`;
}

/** The folders that belong to the generator: any other file in them is stale. */
export const GENERATED_FOLDERS: readonly string[] = [...new Set(EMITTERS.map(folderOf))];

/** Every name that users import of what follows from a document. */
export function exportsOf(model: Model): (Export & Pick<Emitter, "package">)[] {
  return EMITTERS.flatMap((emitter) =>
    (emitter.exports?.(model) ?? []).map((each) => ({ ...each, package: emitter.package })),
  );
}
