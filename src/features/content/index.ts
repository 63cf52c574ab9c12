export { holdItem, lockForEditing, noSuchItem, requireLive } from "./access";
export { findAdaptation } from "./adaptations/queries";
export { findAdaptationHashed, publicationOf } from "./adaptations/service";
export { dropTag, moveTag } from "./plan/queries";
export { canEdit } from "./policy";
export { findItem, lockItem, productionFacts, statesOf, titlesOf } from "./queries";
export { setStatus } from "./service";
export { findVersion, titlesForClient, versionForClient } from "./versions/queries";
export { findVersionHashed } from "./versions/service";
