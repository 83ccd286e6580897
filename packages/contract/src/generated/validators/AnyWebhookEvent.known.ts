// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck: it follows from schemas.
import type { Problem } from "../../validation/validator.ts";
import { validate as validateWebhookEvent } from "./WebhookEvent.ts";

export function validate(value: any, problems?: Problem[], at = ""): boolean {
  const start = problems?.length;
  if (!validateWebhookEvent(value, problems, at) && !problems) return false;
  return problems?.length === start;
}
