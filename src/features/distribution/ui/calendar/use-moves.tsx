"use client";

import {
  type ContentItem,
  listContent,
  listSchedules,
  type PlannedSchedule,
  reschedule,
  updateContent,
} from "@contentos/sdk";
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { AppError } from "@/platform/errors";
import { resolveScheduledTime } from "@/platform/local-time";
import { Problem } from "@/ui/api";
import { notices } from "@/ui/notices";
import { useWrite } from "@/ui/query";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { usePlanWarnings } from "../use-plan-warnings";
import { instantNear, secondOf, type Wall, wallOf } from "./days";
import type { Entry } from "./entries";

/** Whoever moves by keys presses several in a row: the server hears of the last. */
const KEYS_REST_MS = 700;
const UNDO_MS = 10_000;

type Pending = { timer: ReturnType<typeof setTimeout>; send: () => void };

/**
 * Gives what is planned another time: shown at once, sent, and put back where the server refuses it.
 * `moved` is where things are shown that the server does not know there yet.
 */
export function useMoves(timeZone: string) {
  const t = useTranslations("distribution.move");
  const format = useFormatter();
  const [moved, setMoved] = useState<ReadonlyMap<string, number>>(new Map());
  const pending = useRef(new Map<string, Pending>());
  const lastUndo = useRef<(() => void) | undefined>(undefined);
  const send = useSending(timeZone);

  const place = useCallback((id: string, at: number | undefined) => {
    setMoved((known) => {
      const next = new Map(known);
      if (at === undefined) next.delete(id);
      else next.set(id, at);
      return next;
    });
  }, []);

  const refuse = (title: string, why: string) =>
    notices.show({ color: "red", title: t("refused", { title }), message: why, autoClose: UNDO_MS });

  const carryOut = async (entry: Entry, to: Wall | number, undoable: boolean, repin = false) => {
    try {
      const { at, second } = await send(entry, to, repin);
      const undo = undoable && mayUndo(entry) ? () => back(entry) : undefined;
      lastUndo.current = undo;
      tell(entry, at, undo, second === undefined ? undefined : () => again(entry, second));
    } catch (error) {
      const pinnedToOld = error instanceof Problem && error.code === "not_approved" && !repin;
      refuse(entry.title, pinnedToOld ? t("notApproved") : error instanceof Error ? error.message : String(error));
    } finally {
      place(entry.id, undefined);
    }
  };

  const again = (entry: Entry, at: number) => {
    place(entry.id, at);
    void carryOut(entry, at, true);
  };
  const back = (entry: Entry) => {
    lastUndo.current = undefined;
    const at = timeOf(entry);
    place(entry.id, at);
    void carryOut(entry, at, false);
  };

  const tell = (entry: Entry, at: number, undo?: () => void, second?: () => void) => {
    const id = `moved-${entry.id}`;
    const doing = (label: string, run: () => void) => (
      <Button
        size="compact-sm"
        variant="light"
        onClick={() => {
          notices.hide(id);
          run();
        }}
      >
        {label}
      </Button>
    );
    notices.hide(id);
    notices.show({
      id,
      autoClose: UNDO_MS,
      title: t(undo ? "done" : "undone", { title: entry.title }),
      message: (
        <Group gap="xs" mt={4}>
          <Text size="sm">{format.dateTime(new Date(at), "dayAndTime")}</Text>
          {second && <Text size="sm">{t("twice")}</Text>}
          {second && doing(t("takeSecond"), second)}
          {undo && doing(t("undo"), undo)}
        </Group>
      ),
    });
  };

  const flush = useRef(() => {});
  flush.current = () => {
    for (const { timer, send: sendNow } of pending.current.values()) {
      clearTimeout(timer);
      sendNow();
    }
  };
  useEffect(() => () => flush.current(), []);

  /**
   * @param how `later`: more such moves may follow at once; `repin`: it is to carry what is approved now, where what it
   * was pinned to no longer is
   */
  const move = (entry: Entry, wall: Wall, how: { later?: boolean; repin?: boolean } = {}) => {
    if (wall === entry.wall && !pending.current.has(entry.id)) return;
    const at = instantNear(wall, timeZone);
    // A time gone by means "now" to the API, which nobody means who drags something.
    if (entry.kind === "schedule" && at < Date.now()) return refuse(entry.title, t("past"));
    place(entry.id, at);
    const before = pending.current.get(entry.id);
    if (before) clearTimeout(before.timer);
    const sendNow = () => {
      pending.current.delete(entry.id);
      void carryOut(entry, wall, true, how.repin);
    };
    pending.current.set(entry.id, { send: sendNow, timer: setTimeout(sendNow, how.later ? KEYS_REST_MS : 0) });
  };

  return { moved, move, undo: () => lastUndo.current?.() };
}

const timeOf = (entry: Entry) => Date.parse(entry.kind === "due" ? entry.item.dueAt! : entry.schedule.scheduledTime);

/** A hold or a failure can't be brought back, and a time gone by would send it off. */
const mayUndo = (entry: Entry) =>
  entry.kind === "due" || (entry.schedule.status === "Scheduled" && timeOf(entry) > Date.now());

/** Tells the server, and the lists that are shown, so that nothing jumps back before they are loaded anew. */
function useSending(timeZone: string) {
  const workspaceId = useWorkspaceId();
  const queries = useQueryClient();
  const plan = useWrite(reschedule);
  const warn = usePlanWarnings();
  const edit = useWrite(updateContent);
  const put = <T extends { id: string }>(operation: { id: string }, changed: T) =>
    queries.setQueriesData<unknown>({ queryKey: [workspaceId, operation.id] }, (known: unknown) =>
      Array.isArray(known) ? known.map((one: T) => (one.id === changed.id ? { ...one, ...changed } : one)) : known,
    );

  return async (
    entry: Entry,
    to: Wall | number,
    repin: boolean,
  ): Promise<{ at: number; second: number | undefined }> => {
    if (entry.kind === "due") {
      const at = typeof to === "number" ? { at: new Date(to), resolution: "exact" } : resolved(to, timeZone);
      const item: ContentItem = await edit.mutateAsync({ id: entry.itemId, body: { dueAt: at.at.toISOString() } });
      put(listContent, item);
      return { at: at.at.getTime(), second: secondWhere(at.resolution, at.at.getTime(), timeZone) };
    }
    const given = typeof to === "number" ? new Date(to).toISOString() : to;
    const schedule: PlannedSchedule = await plan.mutateAsync({
      id: entry.id,
      body: { scheduledTime: given, timeZone, repin },
    });
    put(listSchedules, schedule);
    warn(schedule.warnings);
    const at = Date.parse(schedule.scheduledTime);
    return { at, second: secondWhere(schedule.resolution, at, timeZone) };
  };
}

const secondWhere = (resolution: string, at: number, timeZone: string) =>
  resolution === "first_of_two" ? secondOf(wallOf(at, timeZone), at, timeZone) : undefined;

/** By the same rules as the API has for schedules. @throws Error that says why there is no such time */
function resolved(wall: Wall, timeZone: string) {
  try {
    return resolveScheduledTime({ time: wall, timeZone });
  } catch (error) {
    throw error instanceof AppError ? new Error(error.message) : error;
  }
}
