import { webhooksCreate } from "../generated/sdk.gen.ts";

const { data } = await webhooksCreate({
  body: {
    name: "Close the books",
    url: "https://hooks.example.com/mindbridge",
    technicalContactId: "65b2f1c09a3e4d0012ab34cd",
    events: ["ANALYSIS_COMPLETE"],
    status: "ACTIVE",
  },
});
export const id: string | undefined = data?.id;
