// What an empty program costs: the types of Node, and a fetch that knows nothing of what it sends and gets.
const body = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2f1c09a3e4d0012ab34cd",
  events: ["ANALYSIS_COMPLETE"],
  status: "ACTIVE",
};
const response = await fetch("https://acme.mindbridge.ai/api/v1/webhooks", {
  method: "POST",
  body: JSON.stringify(body),
});
const webhook: { id: string } = JSON.parse(await response.text());
export const id: string = webhook.id;
