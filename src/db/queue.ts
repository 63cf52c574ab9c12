import { sql } from "drizzle-orm";
import type { WorkspaceTx } from "./client";

type Job = {
  /** The room's prefix and a verb, such as `distribution.publish`. */
  task: string;
  /** Ids only; the database adds the workspace. */
  payload: Record<string, string>;
  runAt?: Date;
  /** One job of this key at a time in the workspace; a second one replaces it unless it runs. */
  jobKey: string;
  /** 1 to 100; graphile-worker backs off by e^attempts seconds. */
  maxAttempts?: number;
  /** Of the jobs that are due, those with the lowest number go first; 0 unless said otherwise. */
  priority?: number;
};

/** Enqueues a job in the transaction that it speaks of. Answers its id. */
export async function enqueue(tx: WorkspaceTx, { task, payload, runAt, jobKey, maxAttempts = 25, priority = 0 }: Job) {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select app.enqueue_job(${task}, ${JSON.stringify(payload)}::jsonb, ${runAt?.toISOString() ?? null}::timestamptz, ${jobKey}, ${maxAttempts}::int, ${priority}::int) as id`,
  );
  return rows[0]!.id;
}

export async function dequeue(tx: WorkspaceTx, jobKey: string) {
  await tx.execute(sql`select app.remove_job(${jobKey})`);
}
