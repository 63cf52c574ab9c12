import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Database, ScopedTx, WorkspaceTx } from "@/db/client";
import {
  notifications,
  notificationsDeliveries,
  notificationsPreferences,
  notificationsSettings,
} from "@/db/schema/notifications";
import { statement } from "@/db/statement";
import { ROLES, type Role } from "@/platform/actor";
import type { Kind } from "./kinds";
import { LATE_MS, LEAST, type Relation } from "./rules";

type Tx = WorkspaceTx;
const inScope = sql`(select app.workspace_id())`;

const wakeOf = statement("notifications_wake", (db) =>
  db.select({ woken: sql`app.wake_notifications(${sql.placeholder("subjectId")})` }).from(sql`(select 1) once`),
);
const wakeIfOver = statement("notifications_wake_if_over", (db) =>
  db
    .select({ woken: sql`app.wake_notifications(v.content_item_id)` })
    .from(sql`content_versions v`)
    .where(
      sql`v.workspace_id = ${inScope} and v.content_item_id = ${sql.placeholder("subjectId")}
        and v.version_number = ${sql.placeholder("versionNumber")} and v.updated_by <> (select app.user_id())`,
    ),
);

/** Has the consumer go on, once this transaction is committed. */
export const wake = (tx: ScopedTx, subjectId: string) => wakeOf.later(tx, { subjectId });
/** The same where the version before was another's: who saves over their own is told nothing. */
export const wakeIfOverOthers = (tx: ScopedTx, subjectId: string, versionNumber: number) =>
  wakeIfOver.later(tx, { subjectId, versionNumber });

/** What happened, as far as it says who is to be told. */
export type Happened = { subjectId: string; payload: Record<string, unknown> };

const given = ({ payload }: Happened, name: string) => sql`${(payload[name] as string | number) ?? null}`;
const ofItem = (column: SQL, { subjectId }: Happened) =>
  sql`select ${column} from content_items where id = ${subjectId}::uuid`;
const ofSchedule = (event: Happened, more: SQL = sql``) =>
  sql`select created_by from distribution_schedules where id = ${given(event, "scheduleId")}::uuid ${more}`;
const ofRole = (least: Role) =>
  sql`select user_id from workspace_members where app.role_rank(role) >= app.role_rank(${least})`;

/** How those are found who stand in a relation to what happened. */
const RELATED: Record<Relation, (event: Happened) => SQL> = {
  deciders: (event) => sql`
    select m.user_id from approval_workflows w join workspace_members m on m.workspace_id = w.workspace_id
    where w.id = ${given(event, "approvalId")}::uuid and w.status = 'Pending' and w.role <> 'Client'
      and app.role_rank(m.role) >= app.role_rank(w.role) and m.user_id not in (w.written_by, w.submitted_by)
      and not exists (select from approval_workflows d
        where d.submission_id = w.submission_id and d.approved_by = m.user_id)`,
  submitter: (event) =>
    sql`select submitted_by from approval_submissions where id = ${given(event, "submissionId")}::uuid`,
  writer: (event) => sql`
    select v.updated_by from content_versions v join content_items i on i.id = v.content_item_id
    where i.id = ${event.subjectId}::uuid
      and v.version_number = coalesce(${given(event, "versionNumber")}::int, i.current_version_number)`,
  creator: (event) => ofItem(sql`created_by`, event),
  assignee: (event) => ofItem(sql`assignee_id`, event),
  named: (event) => sql`select ${given(event, "userId")}::uuid`,
  thread: (event) =>
    sql`select author_id from comments where thread_id = ${given(event, "threadId")}::uuid and removed_at is null`,
  writerBefore: (event) => sql`
    select updated_by from content_versions
    where content_item_id = ${event.subjectId}::uuid and version_number = ${given(event, "previousVersionNumber")}::int`,
  scheduler: (event) => ofSchedule(event),
  schedulerIfLate: (event) => ofSchedule(event, sql`and late_ms > ${LATE_MS}`),
  plannersAfterEnd: (event) => sql`
    select created_by from distribution_schedules
    where channel_id = ${event.subjectId}::uuid and status in ('Scheduled', 'OnHold')
      and scheduled_time >= ${given(event, "accessEndsAt")}::timestamptz`,
  editors: () => ofRole("Editor"),
  admins: () => ofRole("Admin"),
  subject: ({ subjectId }) => sql`select ${subjectId}::uuid`,
  importer: ({ subjectId }) => sql`select created_by from transfer_imports where id = ${subjectId}::uuid`,
  exporter: ({ subjectId }) => sql`select created_by from transfer_exports where id = ${subjectId}::uuid`,
};

export type Recipient = {
  userId: string;
  preferences: Pick<
    typeof notificationsPreferences.$inferSelect,
    "timeZone" | "quietFrom" | "quietUntil" | "digestHour" | "digestWeekday" | "choices" | "unsubscribedAt"
  > | null;
};

/** The live members in one of these relations to what happened, of a role at least; not who is named in the comment, who is told of that. */
export async function findRecipients(
  tx: Tx,
  event: Happened,
  { to, least = "Viewer" }: { to: readonly Relation[]; least?: Role | undefined },
): Promise<Recipient[]> {
  const named = to.includes("named")
    ? sql``
    : sql`except select user_id from comments_mentions where comment_id = ${given(event, "commentId")}::uuid`;
  const related = sql.join(
    to.map((relation) => RELATED[relation](event)),
    sql` union `,
  );
  const { rows } = await tx.execute<Recipient>(sql`
    with related (user_id) as ((${related}) ${named})
    select m.user_id as "userId", case when p.user_id is not null then json_build_object(
      'timeZone', p.time_zone, 'quietFrom', p.quiet_from, 'quietUntil', p.quiet_until, 'digestHour', p.digest_hour,
      'digestWeekday', p.digest_weekday, 'choices', p.choices, 'unsubscribedAt', p.unsubscribed_at) end as preferences
    from related r
    join workspace_members m on m.workspace_id = ${inScope} and m.user_id = r.user_id and m.removed_at is null
    left join ${notificationsPreferences} p on p.workspace_id = m.workspace_id and p.user_id = m.user_id
    where app.role_rank(m.role) >= app.role_rank(${least})
    order by m.joined_at, m.user_id`);
  return rows;
}

/** Whether it was a member, of now or of before; a client is none. */
export async function isOfMember(tx: Tx, actorId: string) {
  const { rows } = await tx.execute(
    sql`select from workspace_members where workspace_id = ${inScope} and user_id = ${actorId}::uuid`,
  );
  return rows.length > 0;
}

/** The item that an id names; null where it names something else. */
export async function itemNamed(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from content_items where id = ${id}::uuid`);
  return rows[0]?.id ?? null;
}

type NewNotification = Omit<typeof notifications.$inferInsert, "workspaceId" | "id" | "createdAt" | "readAt">;

/** Answers those that are new: nobody is told of one thing twice. */
export const insertNotifications = (tx: Tx, rows: NewNotification[]) =>
  tx
    .insert(notifications)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: notifications.id, userId: notifications.userId });

const seen = sql`n.workspace_id = ${inScope} and n.in_app`;
/** What the reader's role may see of them, as far as it is less than what it was when they were told. */
const mayRead = (role: SQL) => {
  const least = ROLES.flatMap((name) => {
    const kinds = LEAST.get(name);
    return kinds
      ? [
          sql`when n.kind in (${sql.join(
            kinds.map((kind) => sql`${kind}`),
            sql`, `,
          )}) then app.role_rank(${name})`,
        ]
      : [];
  });
  return sql`app.role_rank(${role}) >= case ${sql.join(least, sql` `)} else 0 end`;
};
/** Nothing that somebody was told before they were removed and came back. */
const own = sql`join workspace_members m on m.workspace_id = n.workspace_id and m.user_id = n.user_id
  and n.user_id = (select app.user_id()) and n.created_at >= m.joined_at`;

export type NotificationRow = {
  id: string;
  kind: Kind;
  subjectId: string;
  contentItemId: string | null;
  title: string | null;
  actorName: string | null;
  channelName: string | null;
  role: string | null;
  headline: string | null;
  confidence: number | null;
  endsAt: Date | null;
  createdAt: Date;
  readAt: Date | null;
};

const shown = sql`
  n.id, n.kind, n.subject_id as "subjectId", n.content_item_id as "contentItemId", i.title,
  coalesce(u.name, case when n.actor_id is not null then app.review_guest_name(n.actor_id) end) as "actorName",
  c.name as "channelName", coalesce(n.detail->>'to', n.detail->>'role') as role,
  v.headline, (n.detail->>'confidence')::int as confidence,
  (n.detail->>'accessEndsAt')::timestamptz as "endsAt",
  n.created_at as "createdAt", n.read_at as "readAt"`;
const withNames = sql`
  left join content_items i on i.workspace_id = n.workspace_id and i.id = n.content_item_id
  left join users u on u.id = n.actor_id
  left join distribution_schedules s on s.workspace_id = n.workspace_id and s.id = (n.detail->>'scheduleId')::uuid
  left join site_trial_variants v on v.workspace_id = n.workspace_id and v.trial_id = (n.detail->>'trialId')::uuid
    and v.number = (n.detail->>'winner')::int
  left join channels c on c.workspace_id = n.workspace_id and c.id = coalesce((n.detail->>'channelId')::uuid, s.channel_id)`;

const dated = <T extends { endsAt: Date | null; createdAt: Date; readAt: Date | null }>(row: T): T => ({
  ...row,
  endsAt: row.endsAt && new Date(row.endsAt),
  createdAt: new Date(row.createdAt),
  readAt: row.readAt && new Date(row.readAt),
});

type Listing = {
  unread: boolean | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export async function listNotifications(tx: Tx, { unread, after, count }: Listing): Promise<NotificationRow[]> {
  const { rows } = await tx.execute<NotificationRow>(sql`
    select ${shown} from ${notifications} n ${own} ${withNames}
    where ${seen} and ${mayRead(sql`(select app.role())`)}
      ${unread === undefined ? sql`` : unread ? sql`and n.read_at is null` : sql`and n.read_at is not null`}
      ${after ? sql`and (n.created_at, n.id) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``}
    order by n.created_at desc, n.id desc limit ${count}`);
  return rows.map(dated);
}

export const MOST_COUNTED = 100;

export async function countUnread(tx: Tx): Promise<number> {
  const { rows } = await tx.execute<{ unread: number }>(sql`
    select count(*)::int as unread from (
      select from ${notifications} n ${own}
      where ${seen} and n.read_at is null and ${mayRead(sql`(select app.role())`)} limit ${MOST_COUNTED}) counted`);
  return rows[0]!.unread;
}

/** All of one's own where no ids are named. What is another's is left alone, as what isn't there. */
export const markRead = (tx: Tx, userId: string, ids: string[] | undefined) =>
  tx
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(
      and(
        eq(notifications.workspaceId, inScope),
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        ids && inArray(notifications.id, ids),
      ),
    );

export async function findPreferences(tx: Tx, userId: string) {
  const rows = await tx
    .select()
    .from(notificationsPreferences)
    .where(and(eq(notificationsPreferences.workspaceId, inScope), eq(notificationsPreferences.userId, userId)));
  return rows[0];
}

type NewPreferences = Omit<
  typeof notificationsPreferences.$inferInsert,
  "workspaceId" | "userId" | "unsubscribedAt" | "updatedAt"
>;

export const savePreferences = (tx: Tx, row: NewPreferences) =>
  tx
    .insert(notificationsPreferences)
    .values(row)
    .onConflictDoUpdate({
      target: [notificationsPreferences.workspaceId, notificationsPreferences.userId],
      set: { ...row, unsubscribedAt: null, updatedAt: sql`now()` },
    });

/** Null where mail goes to nobody: they are a member no more, or suspended. `stoppedAt`: since when none goes to that address. */
export async function addressOf(tx: Tx, userId: string): Promise<{ address: string; stoppedAt: Date | null } | null> {
  const { rows } = await tx.execute<{ address: string | null; stoppedAt: string | null }>(
    sql`select address, stopped_at as "stoppedAt" from app.notification_address(${userId}::uuid)`,
  );
  const [row] = rows;
  return row?.address ? { address: row.address, stoppedAt: row.stoppedAt ? new Date(row.stoppedAt) : null } : null;
}

export const resumeMail = (tx: Tx) => tx.execute(sql`select app.resume_notification_mail()`);

export async function findSettings(tx: Tx) {
  const rows = await tx.select().from(notificationsSettings).where(eq(notificationsSettings.workspaceId, inScope));
  return rows[0];
}

type NewSettings = Pick<
  typeof notificationsSettings.$inferInsert,
  "remindAfterHours" | "escalateAfterHours" | "slackSealed" | "slackTopics"
>;

export const saveSettings = (tx: Tx, row: NewSettings) =>
  tx
    .insert(notificationsSettings)
    .values(row)
    .onConflictDoUpdate({ target: notificationsSettings.workspaceId, set: { ...row, updatedAt: sql`now()` } });

export type WaitingStep = {
  approvalId: string;
  contentItemId: string;
  role: string;
  openedAt: Date;
  reminded: boolean;
  escalated: boolean;
};

/** The steps that wait, since when, and what was told of that already. A step opens when the one before it was approved. */
export async function waitingSteps(tx: Tx): Promise<WaitingStep[]> {
  const told = (what: string) =>
    sql`exists (select from ${notifications} n where n.workspace_id = w.workspace_id and n.source = ${`${what}:`} || w.id)`;
  const { rows } = await tx.execute<WaitingStep>(sql`
    select w.id as "approvalId", w.content_item_id as "contentItemId", w.role,
      coalesce((select max(d.decided_at) from approval_workflows d
        where d.submission_id = w.submission_id and d.status = 'Approved'), w.submitted_at) as "openedAt",
      ${told("reminder")} as reminded, ${told("escalation")} as escalated
    from approval_workflows w where w.workspace_id = ${inScope} and w.status = 'Pending' and w.role is not null
    order by w.submitted_at, w.id limit 1000`);
  return rows.map((row) => ({ ...row, openedAt: new Date(row.openedAt) }));
}

type NewDelivery = Pick<
  typeof notificationsDeliveries.$inferInsert,
  "way" | "kind" | "userId" | "source" | "detail" | "dueAt"
>;

/** Answers its id; undefined for a message to Slack that is there already. */
export async function insertDelivery(tx: Tx, row: NewDelivery): Promise<string | undefined> {
  const rows = await tx
    .insert(notificationsDeliveries)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: notificationsDeliveries.id });
  return rows[0]?.id;
}

export const assignDelivery = (tx: Tx, deliveryId: string, ids: string[]) =>
  tx
    .update(notifications)
    .set({ deliveryId })
    .where(and(eq(notifications.workspaceId, inScope), inArray(notifications.id, ids)));

/** What a person's digest is to tell of: what is due, and was not read meanwhile. */
export async function toGather(tx: Tx, userId: string, now: Date): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from ${notifications} where workspace_id = ${inScope} and user_id = ${userId}::uuid
      and digest_at <= ${now.toISOString()}::timestamptz and delivery_id is null and read_at is null
    order by created_at, id limit 200 for update`);
  return rows.map(({ id }) => id);
}

/** When the next digest of a person is due; undefined where nothing waits for one. */
export async function nextToGather(tx: Tx, userId: string): Promise<Date | undefined> {
  const { rows } = await tx.execute<{ at: string | null }>(sql`
    select min(digest_at) as at from ${notifications} where workspace_id = ${inScope} and user_id = ${userId}::uuid
      and digest_at is not null and delivery_id is null and read_at is null`);
  return rows[0]?.at ? new Date(rows[0].at) : undefined;
}

export type DeliveryRow = typeof notificationsDeliveries.$inferSelect;
const theDelivery = (id: string) =>
  and(eq(notificationsDeliveries.workspaceId, inScope), eq(notificationsDeliveries.id, id));

export async function lockDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const rows = await tx.select().from(notificationsDeliveries).where(theDelivery(id)).for("update");
  return rows[0];
}

export const updateDelivery = (tx: Tx, id: string, change: Partial<typeof notificationsDeliveries.$inferInsert>) =>
  tx
    .update(notificationsDeliveries)
    .set({ ...change, updatedAt: sql`now()` })
    .where(theDelivery(id));

/** What a mail tells of, in its order, as far as its reader may see it by now and has not read it. */
export async function toldBy(tx: Tx, deliveryId: string): Promise<NotificationRow[]> {
  const { rows } = await tx.execute<NotificationRow>(sql`
    select ${shown} from ${notifications} n
    join workspace_members m on m.workspace_id = n.workspace_id and m.user_id = n.user_id and m.removed_at is null
      and n.created_at >= m.joined_at
    ${withNames}
    where n.workspace_id = ${inScope} and n.delivery_id = ${deliveryId}::uuid and n.read_at is null and ${mayRead(sql`m.role`)}
    order by n.created_at, n.id`);
  return rows.map(dated);
}

/** A message to Slack as it would be told; its event is its only source. */
export async function slackMessage(tx: Tx, deliveryId: string): Promise<NotificationRow | undefined> {
  const { rows } = await tx.execute<NotificationRow>(sql`
    select ${shown} from (
      select d.workspace_id, d.id, d.kind, (d.detail->>'subjectId')::uuid as subject_id,
        (d.detail->>'contentItemId')::uuid as content_item_id, (d.detail->>'actorId')::uuid as actor_id, d.detail,
        d.created_at, null::timestamptz as read_at
      from ${notificationsDeliveries} d where d.workspace_id = ${inScope} and d.id = ${deliveryId}::uuid) n
    ${withNames}`);
  return rows.map(dated)[0];
}

/** Holds the workspace's way to Slack, so that one process at a time decides what goes next, and when. */
export async function lockSettings(tx: Tx) {
  const rows = await tx
    .select()
    .from(notificationsSettings)
    .where(eq(notificationsSettings.workspaceId, inScope))
    .for("update");
  return rows[0];
}

export const keepSlackUntil = (tx: Tx, slackFreeAt: Date) =>
  tx.update(notificationsSettings).set({ slackFreeAt }).where(eq(notificationsSettings.workspaceId, inScope));

export async function nextToSlack(tx: Tx): Promise<DeliveryRow | undefined> {
  const d = notificationsDeliveries;
  const rows = await tx
    .select()
    .from(d)
    .where(and(eq(d.workspaceId, inScope), eq(d.way, "Slack"), inArray(d.status, ["Queued", "Sending"])))
    .orderBy(d.dueAt, d.id)
    .limit(1)
    .for("update");
  return rows[0];
}

type DeliveryListing = {
  status: DeliveryRow["status"] | undefined;
  way: DeliveryRow["way"] | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};
export type ListedDelivery = Pick<
  DeliveryRow,
  "id" | "way" | "status" | "attempts" | "message" | "address" | "dueAt" | "createdAt" | "sentAt"
> & { kind: Kind | null; userName: string | null };

export async function listDeliveries(
  tx: Tx,
  { status, way, after, count }: DeliveryListing,
): Promise<ListedDelivery[]> {
  const { rows } = await tx.execute<ListedDelivery>(sql`
    select d.id, d.way, d.kind, u.name as "userName", d.address, d.status, d.attempts, d.message,
      d.due_at as "dueAt", d.created_at as "createdAt", d.sent_at as "sentAt"
    from ${notificationsDeliveries} d left join users u on u.id = d.user_id
    where d.workspace_id = ${inScope}
      ${status ? sql`and d.status = ${status}` : sql``} ${way ? sql`and d.way = ${way}` : sql``}
      ${after ? sql`and (d.created_at, d.id) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``}
    order by d.created_at desc, d.id desc limit ${count}`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}

/** By the mail's own ids, of whichever workspace: whoever comes by a signed link or hook is in none. False where there is no such mail. */
export async function unsubscribe({ pool }: Database, workspaceId: string, deliveryId: string): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>("select app.unsubscribe_notifications($1, $2) as done", [
    workspaceId,
    deliveryId,
  ]);
  return rows[0]!.done;
}

export type Bounce = { workspaceId: string; deliveryId: string; message: string; forGood: boolean };

export async function bounce({ pool }: Database, { workspaceId, deliveryId, message, forGood }: Bounce) {
  await pool.query("select app.bounce_notification($1, $2, $3, $4)", [workspaceId, deliveryId, message, forGood]);
}

export async function purge({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ purged: string }>("select app.purge_notifications() as purged");
  return Number(rows[0]!.purged);
}
