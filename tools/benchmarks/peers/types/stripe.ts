import { Stripe } from "stripe";

const stripe = new Stripe("a-token");
const endpoint = await stripe.webhookEndpoints.create({
  url: "https://hooks.example.com",
  enabled_events: ["charge.failed"],
});
const event = stripe.webhooks.constructEvent("{}", "", "a-secret");
if (event.type === "charge.failed") console.log(event.data.object.amount);
export const id: string = endpoint.id;
