export { type PublisherDeps, publishTask, removeTask } from "./jobs";
export { holdArchived, holdDisconnected, holdOlderVersions, holdSuperseded } from "./outcomes";
export type { PartRow, ScheduleRow } from "./queries";
export { findSchedule, publicationFacts, publishedParts, publishedSchedules, schedulesOf } from "./queries";
