import type { ContentItem, ListedSchedule } from "@contentos/sdk";
import { type Day, dayOf, type Wall, wallOf } from "./days";

/** Why somebody should look at it. */
export type Trouble = "Failed" | "OnHold" | "Unknown" | "late" | "conflict" | "accessEnds" | "overdue";

type Shown = {
  id: string;
  itemId: string;
  title: string;
  /** In ms. */
  at: number;
  /** What the clocks of the workspace show then. */
  wall: Wall;
  day: Day;
  status: string;
  troubles: Trouble[];
  movable: boolean;
  /** Shown where it was moved to, while the server is asked. */
  moving: boolean;
};
export type ScheduleEntry = Shown & { kind: "schedule"; channelId: string; schedule: ListedSchedule };
export type DueEntry = Shown & { kind: "due"; item: ContentItem };
export type Entry = ScheduleEntry | DueEntry;

/** Two on one channel this close to each other are most likely a slip. */
const CONFLICT_MS = 5 * 60_000;
/** Jobs start within seconds; what waits longer is late. */
const LATE_MS = 60_000;

const OPEN = new Set(["Scheduled", "OnHold", "Failed"]);

type Given = {
  schedules: ListedSchedule[];
  due: ContentItem[];
  /** Where something was moved to that the server doesn't know yet. */
  moved: ReadonlyMap<string, number>;
  /** When access to a channel ends, in ms, for those where it does. */
  accessEnds: ReadonlyMap<string, number>;
  timeZone: string;
  now: number;
  mayPlan: boolean;
  mayEdit: (item: ContentItem) => boolean;
};

/** All that a calendar shows, in the order of time. */
export function entriesOf({ schedules, due, moved, accessEnds, timeZone, now, mayPlan, mayEdit }: Given): Entry[] {
  const placed = (id: string, time: string) => {
    const at = moved.get(id) ?? Date.parse(time);
    const wall = wallOf(at, timeZone);
    return { at, wall, day: dayOf(wall), moving: moved.has(id) };
  };
  const planned = schedules.map((schedule): ScheduleEntry => {
    const { id, contentItemId: itemId, title, channelId } = schedule;
    const status = schedule.removedAt ? "Removed" : schedule.status;
    const place = placed(id, schedule.scheduledTime);
    const movable = mayPlan && OPEN.has(status);
    const own = { id, itemId, title, status, channelId, movable, schedule };
    return {
      kind: "schedule",
      ...own,
      ...place,
      troubles: troublesOf(status, place.at, now, accessEnds.get(channelId)),
    };
  });
  markConflicts(planned);
  const wanted = due
    .filter(({ status }) => status !== "Published")
    .map((item): DueEntry => {
      const id = `due-${item.id}`;
      const place = placed(id, item.dueAt!);
      const own = { id, itemId: item.id, title: item.title, status: item.status, movable: mayEdit(item), item };
      return { kind: "due", ...own, ...place, troubles: place.at < now ? ["overdue"] : [] };
    });
  return [...planned, ...wanted].sort((one, other) => one.at - other.at || one.title.localeCompare(other.title));
}

function troublesOf(status: string, at: number, now: number, accessEndsAt: number | undefined): Trouble[] {
  if (status === "Failed" || status === "OnHold" || status === "Unknown") return [status];
  if (status !== "Scheduled") return [];
  if (at < now - LATE_MS) return ["late"];
  return accessEndsAt !== undefined && at >= accessEndsAt ? ["accessEnds"] : [];
}

/** Only what is still to go out can get in each other's way. */
function markConflicts(entries: ScheduleEntry[]) {
  const last = new Map<string, ScheduleEntry>();
  const coming = entries.filter(({ status }) => status === "Scheduled").sort((one, other) => one.at - other.at);
  for (const entry of coming) {
    const before = last.get(entry.channelId);
    if (before && entry.at - before.at <= CONFLICT_MS)
      for (const one of [before, entry]) if (!one.troubles.includes("conflict")) one.troubles.push("conflict");
    last.set(entry.channelId, entry);
  }
}

export type Filter = { channelId: string | null; status: string | null };

/** The kinds that one can choose beside the states of a schedule. */
export const DUE = "due";
export const LOOK = "look";

export function fits(entry: Entry, { channelId, status }: Filter): boolean {
  if (channelId && (entry.kind === "due" || entry.channelId !== channelId)) return false;
  if (status === DUE) return entry.kind === "due";
  if (status === LOOK) return entry.troubles.length > 0;
  if (status) return entry.kind === "schedule" && entry.status === status;
  // What was called off is no plan any more; it is shown to who asks for it.
  return entry.status !== "Canceled";
}

/** What each key holds, in the order it came. */
export function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
