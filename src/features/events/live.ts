import { AppError } from "@/platform/errors";
import { takingTurns } from "@/platform/turns";

/** How the streams of a process behave; times in ms. */
const DEFAULTS = {
  /** How long a stream trusts to be told, before it looks by itself, and asks whether its session still lives. */
  pollMs: 5_000,
  /** How long nothing is sent, before a line keeps the connection awake. */
  heartbeatMs: 15_000,
  /** How long a client may take to read what was sent. */
  slowMs: 20_000,
  /** How many streams look at a time: the rest of the pool is for requests. */
  readers: 4,
  perSession: 10,
  perProcess: 1_000,
};

type Who = {
  sessionId: string;
  workspaceId: string;
  /** Ends the connection of a stream that doesn't end by itself. */
  cut: () => void;
};

/** The place of one stream. */
export type Seat = {
  readonly timing: Pick<typeof DEFAULTS, "pollMs" | "heartbeatMs" | "slowMs">;
  /** Until something happened in the workspace since the last rest, or `ms` are over, or the streams are ended. */
  rest(ms: number): Promise<void>;
  /** Does it once few others look. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  leave(): void;
};

/** The streams of this process. */
export type Live = {
  /** @throws AppError `rate_limited` for a session with too many, `overloaded` for a process with too many */
  seat(who: Who): Seat;
  wake(workspaceId: string): void;
  wakeAll(): void;
  /** How many streams there are. */
  count(): number;
  ended(): boolean;
  /** Ends all, and lets none begin. Each has a second to send its last word. */
  close(): Promise<void>;
};

const FAREWELL_MS = 1_000;

export function createLive(options: Partial<typeof DEFAULTS> = {}): Live {
  const { readers, perSession, perProcess, ...timing } = { ...DEFAULTS, ...options };
  const seats = new Set<Who & { wake: () => void }>();
  const inTurn = takingTurns(readers);
  let ended = false;
  let onEmpty = () => {};

  function requireRoom(sessionId: string) {
    if (ended) throw new AppError("overloaded", "This server is stopping: connect again.", { retryAfterSeconds: 1 });
    if ([...seats].filter((seat) => seat.sessionId === sessionId).length >= perSession)
      throw new AppError("rate_limited", `A session follows at most ${perSession} streams: close one, or poll.`, {
        retryAfterSeconds: 5,
      });
    if (seats.size >= perProcess)
      throw new AppError("overloaded", "This server follows as many streams as it can: poll, and try again later.", {
        retryAfterSeconds: 30,
      });
  }

  function seat(who: Who): Seat {
    requireRoom(who.sessionId);
    let woken = false;
    let rise = () => {};
    const wake = () => {
      woken = true;
      rise();
    };
    const place = { ...who, wake };
    seats.add(place);
    return {
      timing,
      async rest(ms) {
        if (!woken && ms > 0) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ms);
            rise = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
        woken = false;
      },
      inTurn,
      leave() {
        seats.delete(place);
        wake();
        if (seats.size === 0) onEmpty();
      },
    };
  }

  return {
    seat,
    wake: (workspaceId) => {
      for (const place of seats) if (place.workspaceId === workspaceId) place.wake();
    },
    wakeAll: () => {
      for (const { wake } of seats) wake();
    },
    count: () => seats.size,
    ended: () => ended,
    async close() {
      ended = true;
      const empty = new Promise<void>((resolve) => {
        onEmpty = resolve;
        if (seats.size === 0) resolve();
      });
      for (const { wake } of seats) wake();
      await Promise.race([empty, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
      for (const { cut } of seats) cut();
    },
  };
}
