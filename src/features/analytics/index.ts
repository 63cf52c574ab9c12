export { fetchTask } from "./jobs";
export { fetchAgain, startFetching, stopFetching } from "./service";
