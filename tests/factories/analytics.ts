import { randomUUID } from "node:crypto";
import type { Member, SeededItem } from "#tests/factories";
import type { TestDatabase } from "#tests/harness/database";

type SubmissionOver = { status?: string; steps?: { role: string }[]; submittedAt?: string; decidedAt?: string | null };

/** A submission of an item's first version, by whoever is given; approved at once unless said otherwise. */
export async function seedSubmission(t: TestDatabase, item: SeededItem, by: Member, over: SubmissionOver = {}) {
  const { status = "Superseded", steps = [], submittedAt = "2026-01-01T00:00:00Z", decidedAt = null } = over;
  const [row] = await t.asOwner<{ id: string }>(
    `insert into approval_submissions (workspace_id, content_item_id, version_number, content_hash, steps, status, submitted_by, submitted_at, decided_at)
     values ($1, $2, 1, $3, $4, $5, $6, $7, $8) returning id`,
    [item.workspaceId, item.id, item.contentHash, JSON.stringify(steps), status, by.userId, submittedAt, decidedAt],
  );
  return row!.id;
}

type PublicationOver = {
  status?: string;
  scheduledTime?: string;
  publishedAt?: string | null;
  lateMs?: number;
  remoteId?: string | null;
};

/** A schedule of an item's first version that went out, with its one part. */
export async function seedPublication(
  t: TestDatabase,
  item: SeededItem,
  by: Member,
  channelId: string,
  over: PublicationOver = {},
) {
  const { status = "Published", lateMs = 0, remoteId = randomUUID() } = over;
  const publishedAt = over.publishedAt === undefined ? "2026-06-01T12:00:00Z" : over.publishedAt;
  const scheduledTime = over.scheduledTime ?? publishedAt ?? "2026-06-01T12:00:00Z";
  const submissionId = await seedSubmission(t, item, by);
  const [row] = await t.asOwner<{ id: string }>(
    `insert into distribution_schedules (workspace_id, content_item_id, version_number, submission_id, channel_id, content_hash,
       scheduled_time, due_at, status, late_ms, published_at, remote_id, created_by)
     values ($1, $2, 1, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11) returning id`,
    [
      item.workspaceId,
      item.id,
      submissionId,
      channelId,
      item.contentHash,
      scheduledTime,
      status,
      lateMs,
      publishedAt,
      publishedAt && remoteId,
      by.userId,
    ],
  );
  await t.asOwner(
    `insert into distribution_parts (workspace_id, schedule_id, channel_id, position, remote_key, text, remote_id, published_at)
     values ($1, $2, $3, 0, $4, 'It is here.', $5, $6)`,
    [item.workspaceId, row!.id, channelId, randomUUID(), remoteId, publishedAt],
  );
  return row!.id;
}

type Told = Record<string, { value: number; at: string } | null>;

/** What had been fetched of a publication: the newest value of each metric, and points of its series. */
export async function seedFetched(
  t: TestDatabase,
  scheduleId: string,
  latest: Told,
  points: [metricType: string, at: string, value: number][] = [],
) {
  const told = Object.entries(latest).map(([type, each]) => [type, each && { ...each, recordedAt: each.at }]);
  await t.asOwner(
    `insert into analytics_fetches (workspace_id, schedule_id, content_item_id, channel_id, remote_id, published_at, since, next_at, latest)
     select workspace_id, id, content_item_id, channel_id, remote_id, published_at, published_at, now(), $2
     from distribution_schedules where id = $1`,
    [scheduleId, JSON.stringify(Object.fromEntries(told))],
  );
  for (const [metricType, at, value] of points) {
    await t.asOwner(
      `insert into analytics_metrics (workspace_id, content_item_id, schedule_id, channel_id, metric_type, value, source, recorded_at)
       select workspace_id, content_item_id, id, channel_id, $2, $3, 'seed', $4 from distribution_schedules where id = $1`,
      [scheduleId, metricType, value, at],
    );
  }
}
