export { consumeWebhooksTask, deliverTask, purgeWebhooksTask } from "./jobs";
export { wake as wakeWebhooks } from "./queries";
