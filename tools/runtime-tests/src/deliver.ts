import { type OutgoingHttpHeaders, request } from "node:http";
import { createTestSigner, deliveries, type SignedDelivery, signDelivery, tampered } from "@mindbridge-sdk/testing";
import type { Result } from "./suite.ts";

/** Sends over a connection of its own: a line for each string of an array. Resolves to the status. */
function send(url: string, headers: OutgoingHttpHeaders, body: string) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(body);
  });
}

/** Sends genuine deliveries and every attack to an endpoint over a socket, and says which answers were not right. */
export async function deliverTo(url: string): Promise<Result[]> {
  const signer = await createTestSigner({ publishedTestKey: true });
  const event = deliveries.analysisCompleted();
  const genuine = await signDelivery(event, { signer });
  const attacks = await tampered({ event, signer });
  const taken = ({ headers, body }: SignedDelivery) => ({ headers, body, status: 204 });
  const deliveriesToSend = [
    { name: "a genuine delivery", ...taken(genuine) },
    ...attacks.map(({ name, status, delivery: { headers, body } }) => ({ name, headers, body, status })),
    { name: "the genuine delivery again", ...taken(genuine) },
  ];
  const results: Result[] = [];
  for (const { name, headers, body, status } of deliveriesToSend) {
    const answered = await send(url, headers, body);
    const failure = answered === status ? {} : { failure: `expected ${status}, got ${answered}` };
    results.push({ name: `over a socket: ${name}`, ...failure });
  }
  return results;
}
