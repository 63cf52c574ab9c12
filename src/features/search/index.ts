export { reindex, reindexTask } from "./jobs";
export { reindexByOperator } from "./queries";
