import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { channelOf } from "@/features/channels";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { ScheduledTime } from "@/platform/local-time";
import { requirePlanner } from "../policy";
import type { SetPostingTimes } from "./contract";
import { type Occurrence, occurrences } from "./occurrences";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Asked = { id: string; now: Date };

/** How many of the times to come are told. */
const TOLD = 10;
const DAY_MINUTES = 24 * 60;

export async function getPostingTimes(tx: Tx, { id, now }: Asked) {
  await requireChannel(tx, id);
  return present(tx, { id, now }, await queries.findMinutes(tx, id));
}

export async function setPostingTimes(
  tx: Tx,
  actor: Actor,
  { times, ...asked }: z.output<typeof SetPostingTimes> & Asked,
) {
  requirePlanner(actor);
  await requireChannel(tx, asked.id);
  const minutes = [...new Set(times.map(minuteOf))].sort((a, b) => a - b);
  await queries.saveMinutes(tx, asked.id, minutes);
  await record(tx, actor, {
    action: "distribution.posting_times_set",
    subjectType: "channel",
    subjectId: asked.id,
    detail: { count: minutes.length },
  });
  return present(tx, asked, minutes);
}

async function requireChannel(tx: Tx, id: string) {
  const channel = await channelOf(tx, id);
  if (!channel || channel.status === "Disconnected")
    throw new AppError("not_found", "There is no such channel in this workspace.");
}

type Time = z.output<typeof SetPostingTimes>["times"][number];
const minuteOf = ({ weekday, time }: Time) =>
  (weekday - 1) * DAY_MINUTES + Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const two = (n: number) => String(n).padStart(2, "0");
const timeOf = (minute: number): Time => ({
  weekday: Math.floor(minute / DAY_MINUTES) + 1,
  time: `${two(Math.floor((minute % DAY_MINUTES) / 60))}:${two(minute % 60)}`,
});

async function present(tx: Tx, { id, now }: Asked, minutes: number[]) {
  const { timeZone } = await workspaceSettings(tx);
  const taken = await queries.takenTimes(tx, id, now);
  const next = take(occurrences(minutes, timeZone, now), TOLD).map(({ localTime, at, note = null }) => ({
    localTime,
    scheduledTime: at ?? null,
    note,
    scheduleId: (at && taken.get(at.getTime())) ?? null,
  }));
  return { channelId: id, timeZone, times: minutes.map(timeOf), next };
}

function take(all: Generator<Occurrence>, count: number): Occurrence[] {
  const taken: Occurrence[] = [];
  for (const one of all) {
    if (taken.length === count) break;
    taken.push(one);
  }
  return taken;
}

/**
 * The next of a channel's times at which nothing is planned, held for this transaction.
 * @throws AppError `no_posting_time` where it has none, or none that is free within a year
 */
export async function nextFreeTime(tx: Tx, { id, now }: Asked): Promise<ScheduledTime> {
  const minutes = await queries.lockMinutes(tx, id);
  if (minutes.length === 0)
    throw new AppError("no_posting_time", "This channel has no posting times: set them, or give a time.");
  const { timeZone } = await workspaceSettings(tx);
  const taken = await queries.takenTimes(tx, id, now);
  for (const { at, note } of occurrences(minutes, timeZone, now)) {
    if (at && !taken.has(at.getTime()))
      return { at, timeZone, resolution: note ? "first_of_two" : "exact", ...(note && { note }) };
  }
  throw new AppError("no_posting_time", "All posting times of a year are taken: add some, or give a time.");
}
