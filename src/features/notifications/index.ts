export { sendGridHook } from "./bounces";
export { notificationTasks } from "./jobs";
export { wakeFor } from "./telling";
export { unsubscribePages } from "./unsubscribing";
