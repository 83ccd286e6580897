import type { paths } from "@mindbridge-sdk/client";
import createClient from "openapi-fetch";

const client = createClient<paths>({ baseUrl: "https://acme.mindbridge.ai/api" });
const { data } = await client.POST("/v1/webhooks", {
  body: {
    name: "Close the books",
    url: "https://hooks.example.com/mindbridge",
    technicalContactId: "65b2f1c09a3e4d0012ab34cd",
    events: ["ANALYSIS_COMPLETE"],
    status: "ACTIVE",
  },
});
export const id: string | undefined = data?.id;
