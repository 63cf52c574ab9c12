export { removeTask, sweepTask } from "./jobs";
