export { ingestTask, sweepTask } from "./jobs";
export { partsReceiver } from "./parts";
