export { decideAsClient, holdForClient, reviewsForClient } from "./client";
export { permalinkOf } from "./policy";
export { findSubmission, reviewFacts } from "./queries";
export { approvedFor, rebuildManifestHash, supersede, supersedeAdaptation, supersedeReview } from "./service";
