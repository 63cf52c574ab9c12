export { fetchTask } from "./jobs";
export { fetchAgain, startFetching, stopFetching } from "./service";
export { getTopContent } from "./top/service";
