export { publishTask, removeTask } from "./jobs";
export { holdArchived, holdDisconnected, holdOlderVersions, holdSuperseded } from "./outcomes";
export type { ScheduleRow } from "./queries";
export { findSchedule, publicationFacts, publishedParts, publishedSchedules } from "./queries";
