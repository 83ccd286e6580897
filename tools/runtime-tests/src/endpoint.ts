import { createReceiver, memoryStore, type Receiver } from "@mindbridge-sdk/receiver";
import { createTestSigner } from "@mindbridge-sdk/testing";

/** The endpoint that deliveries are sent to over a socket. Its key is published, so that nobody has to be told another. */
export async function createEndpoint(): Promise<Receiver> {
  const { publicKey } = await createTestSigner({ publishedTestKey: true });
  return createReceiver({ keys: publicKey, allowTestKey: true, store: memoryStore() }).on(
    "analysis.completed",
    () => {},
  );
}
