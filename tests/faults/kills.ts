import type { TestDatabase } from "#tests/harness/database";
import { holdRows, type startCrew, workerOf } from "./crew";
import type { Stage, Target } from "./stage";

/** What stood in the database when the process was killed; `at random` is whenever it was. */
export const PHASES = [
  "before the attempt row",
  "before the answer",
  "before the outcome",
  "after the outcome",
  "at random",
] as const;
export type Phase = (typeof PHASES)[number];
export type Random = (below: number) => number;

type Aim = { stage: Stage; crew: ReturnType<typeof startCrew>; random: Random };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type State = { status: string; tried: string; open: string; placed: boolean };

/** What is committed of a publication at this moment. `placed`: the page or all of the posts stand. */
async function stateOf({ t, proxy }: Stage, { id, contentItemId, network }: Target): Promise<State> {
  const [row] = await t.asOwner<State & { keys: string[] | null }>(
    `select s.status, (select count(*) from distribution_attempts a where a.schedule_id = s.id) as tried,
       (select count(*) from distribution_attempts a where a.schedule_id = s.id and a.ended_at is null) as open,
       (select array_agg(p.remote_key) from distribution_parts p where p.schedule_id = s.id) as keys,
       exists (select from site_pages p where p.content_item_id = $2) as placed
     from distribution_schedules s where s.id = $1`,
    [id, contentItemId],
  );
  const { keys, ...state } = row!;
  if (network === "site") return state;
  const written = new Set(proxy.exchanges.filter(({ kind }) => kind === "written").map(({ rkey }) => rkey));
  return { ...state, placed: keys?.every((key) => written.has(key)) ?? false };
}

async function requireState(stage: Stage, target: Target, wanted: Record<string, unknown>) {
  const state: Record<string, unknown> = await stateOf(stage, target);
  for (const [name, value] of Object.entries(wanted))
    if (String(state[name]) !== String(value))
      throw new Error(`The kill would be in another phase: ${name} of ${target.id} is ${state[name]}, not ${value}`);
}

const holdSchedule = (t: TestDatabase, { id }: Target) =>
  holdRows(t, "select 1 from distribution_schedules where id = $1 for update", [id]);
/** Nobody refers to the item meanwhile: a page of it waits. */
const holdItem = (t: TestDatabase, { contentItemId }: Target) =>
  holdRows(t, "select 1 from content_items where id = $1 for update", [contentItemId]);
/** The item's row may be referred to and not be changed, as the outcome does with its status. */
const holdOutcome = (t: TestDatabase, { contentItemId }: Target) =>
  holdRows(t, "select 1 from content_items where id = $1 for share", [contentItemId]);
const holdJob = (t: TestDatabase, { id }: Target) =>
  holdRows(
    t,
    `select 1 from graphile_worker._private_jobs where id = (select job_id from distribution_schedules where id = $1)
     for update`,
    [id],
  );

/** In the order of a publication. Each holds the publisher where it is to die, looks whether it is there, and kills. */
export const AIMS: Record<Exclude<Phase, "at random">, (aim: Aim, target: Target) => Promise<void>> = {
  async "before the attempt row"({ stage, crew, random }, target) {
    const held = await holdSchedule(stage.t, target);
    try {
      const { name } = await held.waiter();
      await pause(random(30));
      await requireState(stage, target, { status: "Scheduled", tried: 0 });
      await crew.kill(name);
    } finally {
      await held.release();
    }
  },

  async "before the answer"(aim, target) {
    if (target.network === "bluesky") return killBeforeAnswer(aim, target);
    const { stage, crew, random } = aim;
    const held = await holdItem(stage.t, target);
    try {
      const { name } = await held.waiter();
      await pause(random(30));
      await requireState(stage, target, { status: "Publishing", open: 1, placed: false });
      await crew.kill(name);
    } finally {
      await held.release();
    }
  },

  async "before the outcome"({ stage, crew, random }, target) {
    const held = await holdOutcome(stage.t, target);
    try {
      const { name } = await held.waiter();
      await pause(random(30));
      await requireState(stage, target, { status: "Publishing", open: 1, placed: true });
      await crew.kill(name);
    } finally {
      await held.release();
    }
  },

  /** The outcome stands, and the job is not ticked off. */
  async "after the outcome"({ stage, crew, random }, target) {
    const outcome = await holdOutcome(stage.t, target);
    await outcome.waiter().catch(async (error) => {
      await outcome.release();
      throw error;
    });
    const job = await holdJob(stage.t, target);
    await outcome.release();
    try {
      const { name, pid } = await job.waiter();
      await pause(random(30));
      await requireState(stage, target, { status: "Published", open: 0, placed: true });
      await crew.kill(name);
      // Else Postgres would carry out what it was sent, and the kill would have come too late.
      await stage.t.asOwner("select pg_terminate_backend($1)", [pid]);
    } finally {
      await job.release();
    }
  },
};

/** By turns before the server hears of a part and after it has taken it, at any part of a thread. */
export async function killBeforeAnswer({ stage, crew, random }: Aim, target: Target, at?: "request" | "answer") {
  const position = random(target.texts.length);
  const held = await stage.proxy.hold(at ?? (random(2) === 0 ? "request" : "answer"), async (rkey) => {
    const [part] = await stage.t.asOwner<{ schedule_id: string; position: number }>(
      "select schedule_id, position from distribution_parts where remote_key = $1",
      [rkey],
    );
    // A key that nobody has written down is a defect, and is held like the one that is meant.
    return !part || (part.schedule_id === target.id && part.position === position);
  });
  try {
    await pause(random(30));
    await crew.kill(await workerOf(stage.t, target.id));
  } finally {
    held.drop();
  }
}

/** Any worker at any moment. Answers how many publications it had begun and not ended. */
export async function killAtRandom({ stage, crew, random }: Aim): Promise<number> {
  const names = await crew.atLeastTwo();
  const name = names[random(names.length)]!;
  const [row] = await stage.t.asOwner<{ n: string }>(
    `select count(*) as n from pg_stat_activity a
     join pg_locks l on l.pid = a.pid and l.locktype = 'advisory' and l.granted and l.objsubid = 1
     join graphile_worker._private_jobs j on (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(j.locked_by, 0)
     join distribution_schedules s on s.job_id = j.id
     join distribution_attempts d on d.schedule_id = s.id and d.ended_at is null
     where a.application_name = $1`,
    [name],
  );
  await crew.kill(name);
  return Number(row!.n);
}
