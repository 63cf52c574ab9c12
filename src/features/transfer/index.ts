export { importTask } from "./jobs";
