import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Member, seedItem, seedMember } from "#tests/factories";
import { expectStatus, seedChannel, seedTeam, setPolicy, submit, type Team } from "#tests/factories/approval";
import { openThread } from "#tests/factories/comments";
import { keepingMailer, notify, notifyingTasks, toldIn, toldTo } from "#tests/factories/notifications";
import { approves, declines, giveLink, openLink, seedAsked, submitted } from "#tests/factories/review";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, runJobs } from "#tests/harness/jobs";
import { emit } from "@/db/outbox";
import { withWorkspace } from "@/db/scope";
import type { DomainEvent } from "@/platform/events";
import { RULES, TOLD_OF } from "./rules";

const t = testDatabase();
const call = caller(t);

const as = <T>({ sessionId, workspaceId }: Member, work: Parameters<typeof withWorkspace<T>>[2]) =>
  withWorkspace<T>(t.db, { sessionId, workspaceId, requestId: undefined }, work);
/** An event as its room emits it, where making it happen is that room's own test. */
const happens = (member: Member, event: DomainEvent) => as(member, (tx) => emit(tx, event));

async function seedSchedule(team: Team, itemId: string, over: { lateMs?: number } = {}) {
  await setPolicy(t, team.workspace.id, []);
  await submit(call, team.writer, itemId);
  const channelId = await seedChannel(t, team.workspace.id);
  const [row] = await t.asOwner<{ id: string }>(
    `insert into distribution_schedules (workspace_id, content_item_id, version_number, submission_id, channel_id, content_hash,
       scheduled_time, created_by, late_ms)
     select workspace_id, content_item_id, version_number, id, $2, content_hash, now(), $3, $4
     from approval_submissions where content_item_id = $1 returning id`,
    [itemId, channelId, team.editor.userId, over.lateMs ?? 0],
  );
  return { scheduleId: row!.id, channelId };
}

const seedTransfer = async (table: "transfer_imports" | "transfer_exports", { workspaceId, userId }: Member) => {
  const name = table === "transfer_imports" ? ["file_name,", "'x.xml',"] : ["", ""];
  const [row] = await t.asOwner<{ id: string }>(
    `insert into ${table} (workspace_id, ${name[0]} created_by) values ($1, ${name[1]} $2) returning id`,
    [workspaceId, userId],
  );
  return row!.id;
};

const counts = { imported: 1, updated: 0, unchanged: 0, conflicts: 0, skipped: 0, failed: 0 };

/** What brings each event about, and by name of whom in the team it is told of. */
type Scene = (team: Team) => Promise<(keyof Team)[]>;
const publication =
  (type: "distribution.failed" | "distribution.unknown" | "distribution.removal_failed"): Scene =>
  async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    await happens(team.otherWriter, { type, subjectId: id, payload: await seedSchedule(team, id) });
    return ["admin", "otherAdmin", "editor", "otherEditor"];
  };

const ofBilling =
  (event: Omit<Extract<DomainEvent, { type: `billing.${string}` }>, "subjectId">): Scene =>
  async (team) => {
    await happens(team.admin, { ...event, subjectId: team.workspace.id } as DomainEvent);
    return ["admin", "otherAdmin"];
  };

const SCENES: Record<string, Scene> = {
  "billing.credits_low": ofBilling({ type: "billing.credits_low", payload: { remaining: 19, included: 100 } }),
  "billing.credits_exhausted": ofBilling({ type: "billing.credits_exhausted", payload: { included: 100 } }),
  "billing.payment_failed": ofBilling({ type: "billing.payment_failed", payload: { graceEndsAt: null } }),
  "billing.plan_changed": ofBilling({
    type: "billing.plan_changed",
    payload: { from: "Free", to: "Team", status: "Active" },
  }),
  "forwarding.destination_paused": async (team) => {
    const payload = { reason: "Failing" } as const;
    await happens(team.admin, { type: "forwarding.destination_paused", subjectId: randomUUID(), payload });
    return ["admin", "otherAdmin"];
  },
  "workspaces.support_begun": async (team) => {
    const payload = { supportId: randomUUID() };
    await happens(team.admin, { type: "workspaces.support_begun", subjectId: team.viewer.userId, payload });
    return ["admin", "otherAdmin"];
  },
  "approval.step_opened": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.editor });
    await submit(call, team.editor, id);
    return ["admin", "otherAdmin", "otherEditor"];
  },
  "approval.approved": async (team) => {
    await setPolicy(t, team.workspace.id, [{ role: "Editor" }]);
    const { id } = await seedItem(t, { createdBy: team.writer });
    const step = await submit(call, team.writer, id);
    await expectStatus(call(team.editor, "POST", `/approval/${step.id}/approve`, {}), 200);
    return ["writer"];
  },
  "approval.rejected": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const step = await submit(call, team.writer, id);
    await expectStatus(call(team.editor, "POST", `/approval/${step.id}/reject`, { reason: "Not yet." }), 200);
    return ["writer"];
  },
  "review.approved": async (team) => {
    await setPolicy(t, team.workspace.id, [{ role: "Client" }]);
    const { item, client } = await seedAsked(t, call, team);
    await expectStatus(approves(call, client, item), 200);
    return ["writer", "editor", "otherEditor", "admin", "otherAdmin"];
  },
  "review.changes_requested": async (team) => {
    await setPolicy(t, team.workspace.id, [{ role: "Client" }]);
    const { item, client } = await seedAsked(t, call, team);
    await expectStatus(declines(call, client, item), 200);
    return ["writer", "editor", "otherEditor", "admin", "otherAdmin"];
  },
  "review.held": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const payload = {
      linkId: randomUUID(),
      guestId: randomUUID(),
      submissionId: randomUUID(),
      versionNumber: 1,
      receiptId: randomUUID(),
    };
    await happens(team.viewer, { type: "review.held", subjectId: id, payload });
    return ["writer", "editor", "otherEditor", "admin", "otherAdmin"];
  },
  "comments.mentioned": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    await openThread(call, team.writer, id, { mentions: [team.viewer.userId] });
    return ["viewer"];
  },
  "comments.thread_opened": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    await openThread(call, team.viewer, id);
    return ["writer"];
  },
  "comments.replied": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const thread = await openThread(call, team.viewer, id);
    await expectStatus(
      call(team.editor, "POST", `/content/${id}/comments/${thread.id}/replies`, { body: "Why?" }),
      201,
    );
    return ["viewer"];
  },
  "content.assigned": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    await expectStatus(call(team.writer, "PUT", `/content/${id}`, { assigneeId: team.otherWriter.userId }), 200);
    return ["otherWriter"];
  },
  "content.version_saved": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    await expectStatus(call(team.editor, "POST", `/content/${id}/versions`, { body: "Better.", baseVersion: 1 }), 201);
    return ["writer"];
  },
  "distribution.failed": publication("distribution.failed"),
  "distribution.unknown": publication("distribution.unknown"),
  "distribution.removal_failed": publication("distribution.removal_failed"),
  "distribution.held": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const { scheduleId } = await seedSchedule(team, id);
    await happens(team.otherEditor, {
      type: "distribution.held",
      subjectId: id,
      payload: { scheduleId, reason: "late" },
    });
    return ["admin", "otherAdmin", "editor"];
  },
  "distribution.published": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const late = await seedSchedule(team, id, { lateMs: 16 * 60_000 });
    const payload = { ...late, network: "bluesky", versionNumber: 1 };
    // As the database has it: the rooms that react to this want a publication.
    await t.asOwner(
      "insert into events (workspace_id, type, subject_id, payload) values ($1, 'distribution.published', $2, $3)",
      [team.workspace.id, id, payload],
    );
    await wakeBy(team);
    return ["editor"];
  },
  "site.trial_ended": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const payload = { status: "Decided", reason: "Confident", winner: 1, confidence: 97 } as const;
    await happens(team.otherEditor, {
      type: "site.trial_ended",
      subjectId: id,
      payload: { trialId: randomUUID(), ...payload },
    });
    return ["writer", "admin", "otherAdmin", "editor"];
  },
  "channels.expiring": async (team) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const { channelId, scheduleId } = await seedSchedule(team, id);
    const accessEndsAt = new Date(Date.now() - 60_000).toISOString();
    const payload = { network: "bluesky", accessEndsAt, why: "Planned", scheduleId } as const;
    for (const subjectId of [channelId, channelId])
      await happens(team.editor, { type: "channels.expiring", subjectId, payload });
    return ["admin", "otherAdmin", "editor"];
  },
  "channels.revoked": async (team) => {
    const channelId = await seedChannel(t, team.workspace.id);
    await happens(team.admin, { type: "channels.revoked", subjectId: channelId, payload: { network: "bluesky" } });
    return ["otherAdmin", "editor", "otherEditor"];
  },
  "workspaces.member_joined": async (team) => {
    const joined = await seedMember(t, team.workspace.id, "Writer");
    await happens(joined, { type: "workspaces.member_joined", subjectId: joined.userId, payload: { role: "Writer" } });
    return ["admin", "otherAdmin"];
  },
  "workspaces.member_changed": async (team) => {
    await expectStatus(
      call(team.admin, "PUT", `/workspaces/${team.workspace.id}/members/${team.viewer.userId}`, { role: "Writer" }),
      200,
    );
    return ["viewer"];
  },
  "transfer.import_finished": async (team) => {
    const subjectId = await seedTransfer("transfer_imports", team.editor);
    await happens(team.editor, { type: "transfer.import_finished", subjectId, payload: counts });
    return ["editor"];
  },
  "transfer.import_failed": async (team) => {
    const subjectId = await seedTransfer("transfer_imports", team.editor);
    await happens(team.editor, { type: "transfer.import_failed", subjectId, payload: counts });
    return ["editor"];
  },
  "transfer.export_finished": async (team) => {
    const subjectId = await seedTransfer("transfer_exports", team.admin);
    await happens(team.admin, { type: "transfer.export_finished", subjectId, payload: { items: 1, sizeBytes: 1 } });
    return ["admin"];
  },
};

/** Wakes the consumer without telling anybody anything: about a channel that is none. */
const wakeBy = (team: Team) =>
  as(team.viewer, async (tx) => {
    const { wakeFor } = await import("./telling");
    wakeFor(tx, {
      type: "approval.approved",
      subjectId: randomUUID(),
      payload: { submissionId: randomUUID(), versionNumber: 1 },
    });
    await tx.execute("select 1" as never);
  });

describe("who is told", () => {
  it("has a scene for every event of the table", () => {
    expect(Object.keys(SCENES).sort()).toEqual([...TOLD_OF].sort());
  });

  it.each(TOLD_OF)("of %s", async (type) => {
    const team = await seedTeam(t);
    // Whoever was removed is told nothing, although they would have been.
    const former = await seedMember(t, team.workspace.id, "Admin");
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [former.userId]);
    const names = await SCENES[type]!(team);
    await notify(t);
    const { kind } = RULES[type]!;
    const told = (await toldIn(t, team.workspace.id)).filter((row) => row.kind === kind);
    const wanted = names.map((name) => (team[name] as Member).userId);
    expect(told.map(({ userId }) => userId).sort()).toEqual(wanted.sort());
  });
});

describe("telling", () => {
  let team: Team;
  beforeAll(async () => {
    team = await seedTeam(t);
  });

  it("is done once, however often the event is told, and by however many workers at once", async () => {
    const before = (await toldIn(t, team.workspace.id)).length;
    const { mailer, mails } = keepingMailer();
    const { id } = await seedItem(t, { createdBy: team.writer });
    await submit(call, team.writer, id);
    await t.asOwner("update events_consumers set turn = 0, event_id = 0 where workspace_id = $1", [team.workspace.id]);
    await Promise.all([notify(t, { mailer }), notify(t, { mailer })]);
    const first = await toldIn(t, team.workspace.id);
    expect(first.length - before).toBe(4);
    expect(mails).toHaveLength(4);
    // From the beginning again, as after a restored dump.
    await t.asOwner("update events_consumers set turn = 0, event_id = 0 where workspace_id = $1", [team.workspace.id]);
    await wakeBy(team);
    await notify(t, { mailer });
    expect(await toldIn(t, team.workspace.id)).toEqual(first);
    expect(mails).toHaveLength(4);
  });

  it("that was cut off in the middle is done anew by the next", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    await openThread(call, team.viewer, id);
    const held = await holdJob(t, "notifications.consume");
    const before = (await toldTo(t, team.writer)).length;
    // The worker dies with its transaction open: nothing of it stands.
    await t.asOwner("update graphile_worker._private_jobs set locked_by = null, locked_at = null where id = $1", [
      held.claim.jobId,
    ]);
    await held.die();
    await runJobs(t, notifyingTasks(t));
    expect((await toldTo(t, team.writer)).length).toBe(before + 1);
  });

  it("tells nobody of an old version of their own, and nothing of what is as it was planned", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const before = await toldIn(t, team.workspace.id);
    await expectStatus(call(team.writer, "POST", `/content/${id}/versions`, { body: "Mine.", baseVersion: 1 }), 201);
    await notify(t);
    expect(await toldIn(t, team.workspace.id)).toEqual(before);
  });

  it("tells who is named in a comment of that, and not of the comment as well", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const before = await toldTo(t, team.writer);
    await openThread(call, team.viewer, id, { mentions: [team.writer.userId] });
    await notify(t);
    expect((await toldTo(t, team.writer)).slice(before.length)).toEqual(["Mentioned"]);
  });

  it("tells of a client's decision once, by the client's own event", async () => {
    const agency = await seedTeam(t, { approvalSteps: [{ role: "Client" }] });
    const item = await submitted(t, call, agency);
    const client = await openLink(call, await giveLink(call, agency.editor, [item.id]));
    await expectStatus(approves(call, client, item), 200);
    await notify(t);
    expect(await toldTo(t, agency.writer)).toEqual(["ClientApproved"]);
    const { body } = await call(agency.writer, "GET", "/notifications");
    expect(body.items).toEqual([
      expect.objectContaining({ kind: "ClientApproved", actorName: "Kim of Acme", title: "Spring launch" }),
    ]);
  });
});

describe("one's notifications", () => {
  let team: Team;
  beforeAll(async () => {
    team = await seedTeam(t);
    for (let n = 0; n < 3; n++) {
      const { id } = await seedItem(t, { createdBy: team.editor });
      await submit(call, team.editor, id);
    }
    await notify(t);
  });
  const list = async (who: Member, query = "") =>
    (await expectStatus(call(who, "GET", `/notifications${query}`), 200)) as {
      items: { id: string; readAt: string | null }[];
      nextCursor: string | null;
    };
  const unread = async (who: Member) => (await expectStatus(call(who, "GET", "/notifications/unread"), 200)).unread;

  it("are listed in pages, the newest first, and counted", async () => {
    const all = await list(team.otherEditor);
    expect(all.items).toHaveLength(3);
    const one = await list(team.otherEditor, "?limit=2");
    const two = await list(team.otherEditor, `?limit=2&cursor=${one.nextCursor}`);
    expect([...one.items, ...two.items]).toEqual(all.items);
    expect(two.nextCursor).toBeNull();
    expect(await unread(team.otherEditor)).toBe(3);
    expect((await list(team.viewer)).items).toEqual([]);
  });

  it("are read one by one or all at once, and nobody else's are", async () => {
    const [first] = (await list(team.otherEditor)).items;
    expect(await expectStatus(call(team.admin, "POST", "/notifications/read", { ids: [first!.id] }), 200)).toEqual({
      unread: 3,
    });
    expect(await unread(team.otherEditor)).toBe(3);
    expect(
      await expectStatus(call(team.otherEditor, "POST", "/notifications/read", { ids: [first!.id] }), 200),
    ).toEqual({ unread: 2 });
    expect((await list(team.otherEditor, "?unread=true")).items).toHaveLength(2);
    expect((await list(team.otherEditor, "?unread=false")).items.map(({ id }) => id)).toEqual([first!.id]);
    expect(await expectStatus(call(team.otherEditor, "POST", "/notifications/read", { all: true }), 200)).toEqual({
      unread: 0,
    });
    expect(await unread(team.admin)).toBe(3);
  });

  it("are refused to who names neither or both, no cursor of ours, or is nobody", async () => {
    expect((await call(team.editor, "POST", "/notifications/read", {})).status).toBe(400);
    expect((await call(team.editor, "POST", "/notifications/read", { all: true, ids: [randomUUID()] })).status).toBe(
      400,
    );
    expect((await call(team.editor, "GET", "/notifications?cursor=abc")).body.code).toBe("invalid_cursor");
    expect((await call(null, "GET", "/notifications")).status).toBe(401);
  });

  it("are no more than one's role may see by now, and none from before one was removed", async () => {
    const other = await seedTeam(t);
    const channelId = await seedChannel(t, other.workspace.id);
    await happens(other.admin, { type: "channels.revoked", subjectId: channelId, payload: { network: "bluesky" } });
    await notify(t);
    expect((await list(other.editor)).items).toHaveLength(1);
    await t.asOwner("update workspace_members set role = 'Writer' where user_id = $1", [other.editor.userId]);
    expect([(await list(other.editor)).items, await unread(other.editor)]).toEqual([[], 0]);
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [other.otherEditor.userId]);
    expect((await call(other.otherEditor, "GET", "/notifications")).status).toBe(404);
    await t.asOwner("update workspace_members set removed_at = null, joined_at = now() where user_id = $1", [
      other.otherEditor.userId,
    ]);
    expect([(await list(other.otherEditor)).items, await unread(other.otherEditor)]).toEqual([[], 0]);
  });
});
