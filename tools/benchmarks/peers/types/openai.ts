import OpenAI from "openai";

const client = new OpenAI();
const event = await client.webhooks.unwrap("{}", {});
const { id: made } = await client.vectorStores.create({ name: "books" });
export const id: string = made;
export const type: string = event.type;
