export { permalinkOf } from "./policy";
export type { SubmissionRow } from "./queries";
export { findSubmission, reviewFacts } from "./queries";
export { approvedFor, rebuildManifestHash, supersede, supersedeAdaptation, supersedeReview } from "./service";
