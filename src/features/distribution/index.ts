export { publishTask, removeTask } from "./jobs";
export { holdArchived, holdDisconnected, holdOlderVersions, holdSuperseded, stopForClient } from "./outcomes";
export type { ScheduleRow } from "./queries";
export { findSchedule, publicationFacts, publishedParts, publishedSchedules } from "./queries";
