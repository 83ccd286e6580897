import { json, type Kind, object, operation, ref } from "./kind.ts";

const problem = (schema: object) => ({
  description: "A problem.",
  content: { "application/problem+json": { schema } },
});

/** Errors whose bodies are described: by a status, by a range, and by `default`. */
export const declaredErrors: Kind = {
  document: {
    paths: {
      "/orders": {
        post: operation("orders.create", {
          requestBody: { required: true, ...json(object({ name: { type: "string" } })) },
          responses: {
            201: { description: "Created.", ...json(object({ id: { type: "string" } })) },
            422: problem(object({ field: { type: "string" } })),
            403: { description: "Whatever.", ...json({ type: "object" }) },
            "5XX": problem(ref("Outage")),
          },
        }),
        get: operation("orders.list", {
          responses: {
            204: { description: "None." },
            404: problem(object({ missing: { type: "string" } })),
            default: problem(ref("Outage")),
          },
        }),
      },
    },
    components: { schemas: { Outage: object({ until: { type: "string" } }) } },
  },
  program: `
import { APIError, BadRequestError, ConflictError, InternalServerError, MindBridge, NotFoundError, PermissionDeniedError,
  UnprocessableEntityError, type OrdersCreateError, type OrdersListError } from "@mindbridge-sdk/client";
const client = new MindBridge({ tenant: "acme", token: "secret" });
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
export async function program(): Promise<void> {
  try {
    await client.orders.create({ name: "a" });
  } catch (thrown) {
    const error = thrown as OrdersCreateError;
    if (error instanceof UnprocessableEntityError) {
      const field: string | undefined = error.body?.field;
      console.log(field, error.status);
      // @ts-expect-error No such field.
      console.log(error.body?.fields);
    } else if (error instanceof BadRequestError) {
      const message: string | undefined = error.body?.message;
      console.log(message);
    } else if (error instanceof InternalServerError) {
      const until: string | undefined = error.body?.until;
      console.log(until);
    } else if (error instanceof PermissionDeniedError) {
      const said: Same<typeof error.body, unknown> = true;
      console.log(said);
    } else if (error instanceof NotFoundError) {
      const undeclared: Same<typeof error.body, unknown> = true;
      console.log(undeclared);
    } else if (error instanceof APIError) {
      console.log(error.status);
    } else console.log(error.outcome);
  }
  await client.orders.list().catch((error: OrdersListError) => {
    if (error instanceof ConflictError) {
      const until: string | undefined = error.body?.until;
      console.log(until);
    }
    if (error instanceof NotFoundError) {
      const missing: string | undefined = error.body?.missing;
      console.log(missing);
    }
  });
  await client.orders.list().catch((error: unknown) => {
    if (error instanceof NotFoundError) {
      const unknown: Same<typeof error.body, unknown> = true;
      console.log(unknown);
    }
  });
}
`,
};
