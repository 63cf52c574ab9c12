import { AppError } from "@/platform/errors";

/** A place in a workspace's events. */
export type Place = { turn: number; id: number };
/** A place that is known since a time, in ms since 1970. */
export type Position = Place & { at: number };

export const isBefore = (one: Place, other: Place) =>
  one.turn < other.turn || (one.turn === other.turn && one.id < other.id);

/** Kept for 30 days; a day less, since an event bears the time at which its transaction began. */
const LONGEST_MS = 29 * 24 * 3_600_000;

/** Opaque to clients, and no secret: it tells how busy the server is. */
export const encodeCursor = ({ turn, id, at }: Position) => `${turn}-${id}-${at}`;

/**
 * @throws AppError `invalid_cursor` for what `encodeCursor` did not make, `cursor_expired` where events after it may
 * be gone
 */
export function decodeCursor(cursor: string, now: Date): Position {
  const parts = /^(\d{1,16})-(\d{1,16})-(\d{1,16})$/.exec(cursor)?.slice(1).map(Number) ?? [];
  if (!parts.length || !parts.every(Number.isSafeInteger))
    throw new AppError("invalid_cursor", "This is no cursor of events: start again without one.");
  const [turn, id, at] = parts as [number, number, number];
  if (now.getTime() - at > LONGEST_MS) throw expired();
  return { turn, id, at };
}

export const expired = () =>
  new AppError(
    "cursor_expired",
    "What followed this cursor is gone: load everything anew, and go on without a cursor.",
  );
