import { createReceiver, type Receiver, type ReceiverOptions } from "@mindbridge-sdk/receiver";
import type { Queue } from "bullmq";
import type { QueuedDelivery } from "./queue.ts";

/**
 * Answers the sender once a delivery is in the queue. Where a process dies between the queue and the mark in the store, the
 * delivery comes again, and its id keeps it from becoming a second job.
 */
export function receiveInto(queue: Queue<QueuedDelivery>, options: Pick<ReceiverOptions, "keys" | "store">): Receiver {
  return createReceiver(options).enqueue(({ id, type, senderId, data }) =>
    queue.add(type, { id, type, senderId, data }, { jobId: jobIdOf(id, senderId) }),
  );
}

/** BullMQ takes no id that is a number, and none with a colon. */
const jobIdOf = (id: string, senderId = "") => `delivery-${encodeURIComponent(id)}-${encodeURIComponent(senderId)}`;
