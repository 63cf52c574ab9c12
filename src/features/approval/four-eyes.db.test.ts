import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem } from "#tests/factories";
import { seedTeam, submit, type Team } from "#tests/factories/approval";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { withWorkspace } from "@/db/scope";
import { decideStep } from "./queries";

const t = testDatabase();
const call = caller(t);
let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});

const submitted = async (by = team.writer) => {
  const { id } = await seedItem(t, { createdBy: by });
  return { itemId: id, step: await submit(call, by, id) };
};
const approve = (as: Member, id: string) => call(as, "POST", `/approval/${id}/approve`);
const reject = (as: Member, id: string) => call(as, "POST", `/approval/${id}/reject`, { reason: "No." });
const told = (answers: Answer[]) => answers.map(({ status, body }) => body.code ?? status).sort();

/** SQL as a member, with the code's checks out of the way: rows changed, or the SQLSTATE of the refusal. */
const bypass = (as: Member, statement: string, ...values: unknown[]) =>
  withWorkspace(t.db, { ...as, requestId: undefined }, async (tx) => {
    const parts = statement.split(/\$\d/);
    const query = sql.join(
      parts.flatMap((part, index) =>
        index < values.length ? [sql.raw(part), sql`${values[index]}`] : [sql.raw(part)],
      ),
    );
    return (await tx.execute(query)).rowCount;
  }).catch((error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? String(error));

const DECIDE = "update approval_workflows set status = 'Approved', approved_by = $1, decided_at = now() where id = $2";
const stepRow = async (id: string) =>
  (
    await t.asOwner<{ status: string; approved_by: string | null }>(
      "select status, approved_by from approval_workflows where id = $1",
      [id],
    )
  )[0];
const submissionRow = async (id: string) =>
  (await t.asOwner<{ status: string }>("select status from approval_submissions where id = $1", [id]))[0]!.status;

describe("with the code's checks out of the way, the database", () => {
  test("lets nobody decide on what they wrote or submitted", async () => {
    for (const by of [team.editor, team.admin]) {
      const { step } = await submitted(by);
      expect(await bypass(by, DECIDE, by.userId, step.id)).toBe("42501");
      expect(await stepRow(step.id)).toEqual({ status: "Pending", approved_by: null });
    }
    const { id } = await seedItem(t, { createdBy: team.writer });
    const sent = await submit(call, team.editor, id);
    expect(await bypass(team.editor, DECIDE, team.editor.userId, sent.id)).toBe("42501");
    // The same statement by who may.
    expect(await bypass(team.otherEditor, DECIDE, team.otherEditor.userId, sent.id)).toBe(1);
  });

  test("lets nobody decide in another's name, below the step's role, or for a client", async () => {
    const { step } = await submitted();
    expect(await bypass(team.editor, DECIDE, team.otherEditor.userId, step.id)).toBe("42501");
    for (const who of [team.otherWriter, team.viewer])
      expect(await bypass(who, DECIDE, who.userId, step.id)).toBe("42501");
    await t.asOwner("update approval_workflows set role = 'Client' where id = $1", [step.id]);
    expect(await bypass(team.admin, DECIDE, team.admin.userId, step.id)).toBe("42501");
    expect(await stepRow(step.id)).toEqual({ status: "Pending", approved_by: null });
  });

  test("lets nobody decide two steps of one submission", async () => {
    const { step } = await submitted();
    const { next } = (await approve(team.admin, step.id)).body as { next: { id: string } };
    expect(await bypass(team.admin, DECIDE, team.admin.userId, next.id)).toBe("23505");
    expect(await bypass(team.otherAdmin, DECIDE, team.otherAdmin.userId, next.id)).toBe(1);
  });

  test("keeps a decision as it was", async () => {
    const { step } = await submitted();
    await approve(team.editor, step.id);
    expect(await bypass(team.admin, DECIDE, team.admin.userId, step.id)).toBe("42501");
    expect(
      await bypass(team.editor, "update approval_workflows set comment = $1 where id = $2", "Other.", step.id),
    ).toBe("42501");
    const other = (await submitted()).step;
    await reject(team.editor, other.id);
    expect(await bypass(team.admin, DECIDE, team.admin.userId, other.id)).toBe(0);
    expect(await stepRow(other.id)).toEqual({ status: "Rejected", approved_by: team.editor.userId });
  });

  test("approves no submission before all its steps are, and rejects none that nobody rejected", async () => {
    const { step } = await submitted();
    const SET = "update approval_submissions set status = $1, decided_at = now() where id = $2";
    for (const status of ["Approved", "Rejected"])
      for (const who of [team.admin, team.viewer])
        expect(await bypass(who, SET, status, step.submissionId)).toBe("42501");
    await approve(team.editor, step.id);
    expect(await bypass(team.admin, SET, "Approved", step.submissionId)).toBe("42501");
    expect(await bypass(team.otherWriter, SET, "Superseded", step.submissionId)).toBe("42501");
    expect(await submissionRow(step.submissionId)).toBe("Pending");
    expect(await bypass(team.writer, SET, "Superseded", step.submissionId)).toBe(1);
    expect(await bypass(team.admin, SET, "Approved", step.submissionId)).toBe(0);
  });

  test("takes no submission under another policy than the workspace's", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const INSERT = `insert into approval_submissions (content_item_id, version_number, content_hash, steps, status, submitted_by)
      values ($1, 1, repeat('a', 64), $2::jsonb, $3, $4)`;
    const send = (steps: { role: string }[], status: string) =>
      bypass(team.writer, INSERT, id, JSON.stringify(steps), status, team.writer.userId);
    expect(await send([], "Approved")).toBe("42501");
    expect(await send([{ role: "Viewer" }], "Pending")).toBe("42501");
    expect(await send([{ role: "Editor" }, { role: "Admin" }], "Approved")).toBe("42501");
    expect(await send([{ role: "Editor" }, { role: "Admin" }], "Pending")).toBe(1);
  });

  test("opens no step out of turn, for another role or in another author's name", async () => {
    const { itemId, step } = await submitted();
    const open = (
      number: number,
      role: string,
      over: { writtenBy?: Member; submittedBy?: Member; hash?: string } = {},
    ) =>
      bypass(
        team.editor,
        `insert into approval_workflows (submission_id, content_item_id, version_number, content_hash, step, role, written_by, submitted_by)
         values ($1, $2, 1, $3, $4::int, $5, $6, $7)`,
        step.submissionId,
        itemId,
        over.hash ?? step.contentHash,
        number,
        role,
        (over.writtenBy ?? team.writer).userId,
        (over.submittedBy ?? team.writer).userId,
      );
    expect(await open(2, "Admin")).toBe("42501");
    await approve(team.editor, step.id);
    await t.asOwner("delete from approval_workflows where submission_id = $1 and step = 2", [step.submissionId]);
    expect(await open(2, "Editor")).toBe("42501");
    expect(await open(3, "Admin")).toBe("42501");
    expect(await open(2, "Admin", { writtenBy: team.admin })).toBe("42501");
    expect(await open(2, "Admin", { submittedBy: team.admin })).toBe("42501");
    expect(await open(2, "Admin", { hash: "b".repeat(64) })).toBe("42501");
    expect(await open(2, "Admin")).toBe(1);
  });

  test("moves an item by its submission's decision alone", async () => {
    const { itemId, step } = await submitted();
    expect(await bypass(team.viewer, "select app.settle_item($1)", step.submissionId)).toBe(1);
    expect((await call(team.viewer, "GET", `/content/${itemId}`)).body.status).toBe("InReview");
  });
});

describe("decisions that collide", () => {
  test("on one step: one wins, the other hears it", async () => {
    for (const other of [approve, reject]) {
      const { itemId, step } = await submitted();
      const both = await t.collide("content_items", itemId, [
        () => approve(team.editor, step.id),
        () => other(team.otherEditor, step.id),
      ]);
      expect(told(both)).toEqual([200, "not_pending"]);
      expect((await stepRow(step.id))!.status).not.toBe("Pending");
    }
  });

  test("where the item is not held, the step's own row still lets one through", async () => {
    const { step } = await submitted();
    const decide = (as: Member) => () =>
      withWorkspace(t.db, { ...as, requestId: undefined }, (tx) =>
        decideStep(tx, step.id, { status: "Approved", approvedBy: as.userId, comment: null }),
      );
    const both = await t.collide("approval_workflows", step.id, [decide(team.editor), decide(team.otherEditor)]);
    expect(both.map((row) => row?.status ?? "too late").sort()).toEqual(["Approved", "too late"]);
  });

  test("with a version saved: what was approved is superseded, or was never approved", async () => {
    for (const last of [false, true]) {
      const { itemId, step } = await submitted();
      const open = last ? ((await approve(team.editor, step.id)).body.next as { id: string }).id : step.id;
      const both = await t.collide("content_items", itemId, [
        () => approve(team.admin, open),
        () => call(team.writer, "POST", `/content/${itemId}/versions`, { body: "Later.", baseVersion: 1 }),
      ]);
      expect(both[1]!.status).toBe(201);
      expect([200, 409]).toContain(both[0]!.status);
      expect((await call(team.viewer, "GET", `/content/${itemId}`)).body.status).toBe("Draft");
      expect(await submissionRow(step.submissionId)).toBe("Superseded");
      expect((await stepRow(open))!.status).toBe("Superseded");
      expect((await approve(team.otherAdmin, open)).body.code).toBe("not_pending");
    }
  });

  test("with an item put away: nobody reviews it", async () => {
    const { itemId, step } = await submitted();
    const both = await t.collide("content_items", itemId, [
      () => call(team.writer, "POST", `/content/${itemId}/archive`),
      () => approve(team.editor, step.id),
    ]);
    expect(both[0]!.status).toBe(200);
    expect((await call(team.viewer, "GET", `/content/${itemId}`)).body.status).toBe("Draft");
    expect(await submissionRow(step.submissionId)).toBe("Superseded");
  });
});
