import { type Draft, isProblem, Problem } from "@contentos/sdk";
import type { LocalCopies, Words } from "./local-copy";

/** How soon what was typed is kept, in ms: in this browser, and as a draft; each after a pause, or at the latest. */
const HERE_MS = 200;
const HERE_LATEST_MS = 1_000;
const PAUSE_MS = 1_200;
const LATEST_MS = 5_000;
const AGAIN_MS = 5_000;

export type Other = Pick<Draft, "draftVersion" | "title" | "body" | "baseVersion" | "updatedAt">;
export type KeptState =
  | { at: "version" | "writing" | "saving" | "draft" | "offline" | "refused" }
  | { at: "elsewhere"; other: Other };

type Options = {
  read: () => Words;
  /** Whether these are the words of the version that they are based on. */
  isSaved: (words: Words) => boolean;
  copies: LocalCopies;
  save: (draft: Words & { draftVersion?: number }) => Promise<Draft>;
  remove: () => Promise<unknown>;
  onState: (state: KeptState) => void;
  draftVersion: number | undefined;
  /** Whether it begins with words that are no version. */
  restored?: boolean;
  now?: () => Date;
};

type Here = Pick<Options, "read" | "isSaved" | "copies"> & { now: () => Date; draftVersion: () => number | undefined };

/** The copy in this browser. */
function keepHere({ read, isSaved, copies, now, draftVersion }: Here) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const write = (words: Words, sent: boolean) =>
    copies.write({ ...words, draftVersion: draftVersion(), sent, at: now().toISOString() });
  /** Whether there is nothing to keep. */
  const keep = (): boolean => {
    clearTimeout(timer);
    timer = undefined;
    const words = read();
    const saved = isSaved(words);
    if (saved) copies.drop();
    else write(words, false);
    return saved;
  };
  return {
    write,
    keep,
    touch() {
      if (timer === undefined) since = Date.now();
      clearTimeout(timer);
      timer = setTimeout(keep, Math.max(0, Math.min(HERE_MS, since + HERE_LATEST_MS - Date.now())));
    },
    flush() {
      if (timer !== undefined) keep();
    },
  };
}

/** What is asked for while it is under way is done once more afterwards. */
function oneAtATime(work: () => Promise<void>, askAgain: () => void) {
  let going: Promise<void> | undefined;
  let again = false;
  return {
    async run(): Promise<void> {
      if (going) {
        again = true;
        return going;
      }
      going = work().finally(() => {
        going = undefined;
      });
      await going;
      if (again) askAgain();
      again = false;
    },
    ended: async () => going?.catch(() => {}),
  };
}

/** Keeps what somebody types, here at once and at the server after a pause, without being asked. */
export function createKeeper({
  read,
  isSaved,
  copies,
  save,
  remove,
  onState,
  now = () => new Date(),
  ...start
}: Options) {
  let draftVersion = start.draftVersion;
  let sent: Words | undefined;
  let firstAt: number | undefined;
  let there: ReturnType<typeof setTimeout> | undefined;
  let paused = false;
  let state: KeptState = { at: start.restored ? "writing" : "version" };
  const tell = (next: KeptState) => {
    if (next.at === state.at && next.at !== "elsewhere") return;
    state = next;
    onState(next);
  };
  const here = keepHere({ read, isSaved, copies, now, draftVersion: () => draftVersion });
  const later = (ms: number) => {
    clearTimeout(there);
    there = setTimeout(() => void push(), ms);
  };

  const sending = oneAtATime(pushOnce, () => later(PAUSE_MS));
  const push = async (): Promise<void> => {
    clearTimeout(there);
    if (!paused) await sending.run();
  };

  async function pushOnce(): Promise<void> {
    firstAt = undefined;
    const words = read();
    if (isSaved(words)) {
      if (draftVersion !== undefined) await remove().catch(() => {});
      draftVersion = undefined;
      copies.drop();
      return tell({ at: "version" });
    }
    tell({ at: "saving" });
    sent = words;
    try {
      const kept = await save({ ...words, ...(draftVersion !== undefined && { draftVersion }) });
      if (sent !== words) return;
      draftVersion = kept.draftVersion;
      const typed = read();
      const same = typed.body === words.body && typed.title === words.title;
      here.write(typed, same);
      tell({ at: same ? "draft" : "writing" });
    } catch (error) {
      if (sent === words) refused(error, words);
    }
  }

  function refused(error: unknown, words: Words) {
    const meant = meaningOf(error, words);
    if (meant.draft !== undefined) draftVersion = meant.draft.version;
    paused = meant.state?.at === "elsewhere";
    if (meant.state) tell(meant.state);
    if (meant.againMs !== undefined) later(meant.againMs);
  }

  return {
    /** Something was typed. */
    touch() {
      if (state.at === "version" || state.at === "draft") tell({ at: "writing" });
      here.touch();
      if (paused) return;
      firstAt ??= Date.now();
      later(Math.max(0, Math.min(PAUSE_MS, firstAt + LATEST_MS - Date.now())));
    },
    /** The page may go away now. */
    flush: here.flush,
    push,
    /** Ends what is under way, so that nothing follows a version which was written before it. */
    async rest() {
      clearTimeout(there);
      await sending.ended();
      clearTimeout(there);
    },
    /** The words became a version: the draft has ended. */
    ended() {
      clearTimeout(there);
      firstAt = undefined;
      sent = undefined;
      draftVersion = undefined;
      paused = false;
      if (here.keep()) return tell({ at: "version" });
      tell({ at: "writing" });
      later(PAUSE_MS);
    },
    /** Of two windows, it is this draft that is gone on with. */
    follow(other: Other) {
      paused = false;
      draftVersion = other.draftVersion;
      tell({ at: "writing" });
      void push();
    },
    stop() {
      here.flush();
      if (there !== undefined && firstAt !== undefined) void push();
      clearTimeout(there);
    },
  };
}

type Meaning = { state?: KeptState; draft?: { version: number | undefined }; againMs?: number };

/** What a draft that was not taken means, and when to try again. */
function meaningOf(error: unknown, sent: Words): Meaning {
  if (isProblem(error, "draft_conflict")) {
    const other = error.members.draft as Other | null;
    const mine = other && other.body === sent.body && (other.title ?? sent.title) === sent.title;
    // Saved as a version or thrown away elsewhere; or it was this very draft, and its answer was lost.
    if (!other || mine) return { draft: { version: other?.draftVersion }, againMs: 0 };
    return { state: { at: "elsewhere", other } };
  }
  const away = !(error instanceof Problem) || error.status === 0 || error.status >= 500 || error.status === 429;
  return away ? { state: { at: "offline" }, againMs: AGAIN_MS } : { state: { at: "refused" } };
}

export type Keeper = ReturnType<typeof createKeeper>;
