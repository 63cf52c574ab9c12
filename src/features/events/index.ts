export { type Consumer, consumeTask, purgeTask, wakeConsumer } from "./jobs";
export { createLive, type Live } from "./live";
export { type OutboxEvent, readEvents } from "./service";
