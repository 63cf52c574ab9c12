export { expireTask, exportTask, importTask } from "./jobs";
