export { reindex, reindexTask } from "./jobs";
export { passagesOf } from "./meaning/cutting";
export { embedTask } from "./meaning/jobs";
export { askMeaning, beginMeaning, type MeaningDeps, nearestPassages } from "./meaning/service";
export { reindexByOperator } from "./queries";
export { search } from "./service";
