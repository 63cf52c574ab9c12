export { sendTask, testTask } from "./jobs";
export { wakeForwarding } from "./service";
