import type { Browser, Page } from "playwright-core";

type Event = {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
};

/** Tasks of the thread that draws a page, in ms; `busyMs` is the processor's own time, which a busy machine leaves as it is. */
export type Task = { ms: number; busyMs: number };

/** What the page's main thread did while `act` ran, by Chromium's trace of it. */
export async function tasksOf(browser: Browser, page: Page, act: () => Promise<void>): Promise<Task[]> {
  await browser.startTracing(page, {
    categories: ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"],
  });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Event[] };
  // The page's own process has by far the most to do of all that draw.
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const tasks = threads.map(({ pid, tid }) =>
    traceEvents.filter(
      (event) => event.ph === "X" && event.name === "RunTask" && event.pid === pid && event.tid === tid,
    ),
  );
  const busiest = tasks.sort((one, other) => sum(other) - sum(one))[0] ?? [];
  return busiest.map(({ dur = 0, tdur = dur }) => ({ ms: dur / 1_000, busyMs: tdur / 1_000 }));
}

const sum = (events: Event[]) => events.reduce((all, { dur = 0 }) => all + dur, 0);

export const longest = (tasks: Task[], of: keyof Task): number => Math.max(0, ...tasks.map((task) => task[of]));
