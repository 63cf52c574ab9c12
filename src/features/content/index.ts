export { findAdaptation, findItem, findVersion, lockItem, productionFacts, titlesOf } from "./queries";
export { findAdaptationHashed, findVersionHashed, lockForEditing, publicationOf, setStatus } from "./service";
