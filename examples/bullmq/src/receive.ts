import { createReceiver, type QueuedDelivery, type Receiver, type ReceiverOptions } from "@mindbridge-sdk/receiver";
import type { Queue } from "bullmq";

/**
 * Answers the sender once a delivery is in the queue. If the process dies before the store has the mark, the delivery comes
 * again, and its id keeps it from becoming a second job.
 */
export function receiveInto(
  queue: Queue<QueuedDelivery>,
  options: Pick<ReceiverOptions, "keys" | "log" | "store">,
): Receiver {
  return createReceiver(options).enqueue((delivery) =>
    queue.add(delivery.type, delivery, { jobId: jobIdOf(delivery) }),
  );
}

/** BullMQ refuses ids that are numbers, and ids with a colon. */
const jobIdOf = ({ id, senderId = "" }: QueuedDelivery) =>
  `delivery-${encodeURIComponent(id)}-${encodeURIComponent(senderId)}`;
