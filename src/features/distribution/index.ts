export { publishTask, removeTask } from "./jobs";
export {
  holdArchived,
  holdDisconnected,
  holdOlderVersions,
  holdSuperseded,
  stopForClient,
  warnOfPlanned,
} from "./outcomes";
export { findSchedule, publicationFacts, publishedParts, publishedSchedules } from "./queries";
