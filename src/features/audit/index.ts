export { sealTask, sweepTask } from "./chain/jobs";
export { chainEnds, type SealedLine, sealedLines } from "./chain/lines";
export { retireRows, verifyChain } from "./chain/service";
export { createRefusals } from "./refusals";
export { record } from "./service";
