export { lockForEditing } from "./access";
export { findAdaptation } from "./adaptations/queries";
export { findAdaptationHashed, publicationOf } from "./adaptations/service";
export { dropTag, moveTag } from "./plan/queries";
export { findItem, lockItem, productionFacts, titlesOf } from "./queries";
export { createContent, getContent, setStatus, updateContent } from "./service";
export { findVersion } from "./versions/queries";
export { findVersionHashed, saveVersion } from "./versions/service";
