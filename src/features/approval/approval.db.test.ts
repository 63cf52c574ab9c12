import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus, seedChannel, seedTeam, setPolicy, submit, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
let team: Team;
let stranger: Member;

beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const item = () => seedItem(t, { createdBy: team.writer });
const submitted = async (createdBy = team.writer) => {
  const { id } = await seedItem(t, { createdBy });
  return { itemId: id, step: await submit(call, createdBy, id) };
};
const approve = (as: Member | null, id: string, body: unknown = {}) =>
  call(as, "POST", `/approval/${id}/approve`, body);
const reject = (as: Member | null, id: string, body: unknown = { reason: "Not yet." }) =>
  call(as, "POST", `/approval/${id}/reject`, body);
const rows = (itemId: string) =>
  t.asOwner<{ step: number; status: string }>(
    "select step, status from approval_workflows where content_item_id = $1 order by submitted_at, step",
    [itemId],
  );
const happened = async (itemId: string) => ({
  events: (
    await t.asOwner<{ type: string }>("select type from events where subject_id = $1 order by id", [itemId])
  ).map(({ type }) => type),
  audit: (
    await t.asOwner<{ action: string }>("select action from audit_events where subject_id = $1 order by at, id", [
      itemId,
    ])
  )
    .map(({ action }) => action)
    .sort(),
});

describe("submitting", () => {
  test("opens the first step and says what may go out", async () => {
    const { id, contentHash } = await item();
    const body = await submit(call, team.writer, id);

    expect(body).toMatchObject({
      contentItemId: id,
      versionNumber: 1,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      step: 1,
      steps: 2,
      role: "Editor",
      status: "Pending",
      submittedBy: team.writer.userId,
      writtenBy: team.writer.userId,
      submittedAt: expect.stringMatching(/Z$/),
      approvedBy: null,
      decidedAt: null,
      adaptations: [],
    });
    expect(body.contentHash).not.toBe(contentHash);
    expect((await call(team.viewer, "GET", `/content/${id}`)).body.status).toBe("InReview");
    expect(await happened(id)).toEqual({
      events: ["approval.submitted", "approval.step_opened"],
      audit: ["approval.submitted"],
    });
  });

  test("needs no body, and takes a key", async () => {
    const { id } = await item();
    const key = { "idempotency-key": randomUUID() };
    const first = await call(team.writer, "POST", `/content/${id}/submit`, undefined, key);
    const again = await call(team.writer, "POST", `/content/${id}/submit`, undefined, key);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(await rows(id)).toHaveLength(1);
  });

  test("asks nobody where the policy has no steps", async () => {
    const alone = await seedWorkspace(t, { approvalSteps: [] });
    const { id } = await seedItem(t, { createdBy: alone.admin });
    const body = await submit(call, alone.admin, id);

    expect(body).toMatchObject({ step: 0, steps: 0, role: null, status: "Approved", approvedBy: null });
    expect((await call(alone.admin, "GET", `/content/${id}`)).body.status).toBe("Approved");
    const { clientLinks, ...approval } = body;
    expect(clientLinks).toBeNull();
    expect((await call(alone.admin, "GET", `/approval/${body.id}`)).body).toEqual(approval);
    expect((await happened(id)).events).toEqual(["approval.submitted", "approval.approved"]);
    expect((await approve(alone.admin, body.id)).body.code).toBe("forbidden");
  });

  test("is a Writer's for own and assigned items, an Editor's for all, and never a Viewer's", async () => {
    const { id } = await item();
    for (const who of [team.otherWriter, team.viewer])
      expect((await call(who, "POST", `/content/${id}/submit`)).body.code).toBe("forbidden");
    expect(await rows(id)).toEqual([]);
    expect((await call(null, "POST", `/content/${id}/submit`)).status).toBe(401);

    const assigned = await seedItem(t, { createdBy: team.writer, assigneeId: team.otherWriter.userId });
    expect((await call(team.otherWriter, "POST", `/content/${assigned.id}/submit`)).status).toBe(201);
    expect((await call(team.editor, "POST", `/content/${id}/submit`)).status).toBe(201);
  });

  test("is refused for what is archived", async () => {
    const { id } = await item();
    await call(team.writer, "POST", `/content/${id}/archive`);
    expect((await call(team.writer, "POST", `/content/${id}/submit`)).body.code).toBe("archived");
  });

  test.each([
    ["{"],
    ["null"],
    ["[]"],
    [{ adaptationIds: "all" }],
    [{ adaptationIds: ["x"] }],
    [{ status: "Approved" }],
  ])("refuses the body %j", async (body) => {
    const { id } = await item();
    expect((await call(team.writer, "POST", `/content/${id}/submit`, body)).status).toBe(400);
    expect(await rows(id)).toEqual([]);
  });

  test("takes one of two that collide", async () => {
    const { id } = await item();
    const both = await t.collide("content_items", id, [
      () => call(team.writer, "POST", `/content/${id}/submit`),
      () => call(team.editor, "POST", `/content/${id}/submit`),
    ]);
    expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, "not_draft"]);
    expect(await rows(id)).toHaveLength(1);
  });
});

describe("a policy that nobody could satisfy", () => {
  test.each([
    ["Editor", [{ role: "Editor" }], ["Writer"]],
    ["Admin", [{ role: "Editor" }, { role: "Admin" }], ["Editor", "Editor"]],
    ["Editor", [{ role: "Editor" }, { role: "Editor" }, { role: "Editor" }], ["Editor", "Editor"]],
    ["Editor", [{ role: "Editor" }, { role: "Client" }], ["Writer"]],
  ] as const)("names %s as what is missing", async (missingRole, approvalSteps, roles) => {
    const { id: workspaceId, admin } = await seedWorkspace(t, { approvalSteps: [...approvalSteps] });
    for (const role of roles) await seedMember(t, workspaceId, role);
    const { id } = await seedItem(t, { createdBy: admin });

    const { status, body } = await call(admin, "POST", `/content/${id}/submit`);

    expect([status, body.code, body.missingRole]).toEqual([409, "policy_unsatisfiable", missingRole]);
    expect(body.detail).toContain(missingRole);
    expect(await rows(id)).toEqual([]);
    expect((await call(admin, "GET", `/content/${id}`)).body.status).toBe("Draft");
  });

  test("counts neither who wrote the version nor who has left", async () => {
    const { id: workspaceId, admin } = await seedWorkspace(t, { approvalSteps: [{ role: "Editor" }] });
    const editor = await seedMember(t, workspaceId, "Editor");
    const { id } = await seedItem(t, { createdBy: admin });
    await call(editor, "POST", `/content/${id}/versions`, { body: "Mine.", baseVersion: 1 });
    const send = () => call(admin, "POST", `/content/${id}/submit`);
    expect((await send()).body.code).toBe("policy_unsatisfiable");

    const leaver = await seedMember(t, workspaceId, "Editor");
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [leaver.userId]);
    expect((await send()).body.code).toBe("policy_unsatisfiable");
    await t.asOwner("update workspace_members set removed_at = null where user_id = $1", [leaver.userId]);
    expect((await send()).status).toBe(201);
  });
});

describe("deciding", () => {
  test("approves step by step, until the item is Approved", async () => {
    const { itemId, step } = await submitted();
    const first = await expectStatus(approve(team.editor, step.id, { comment: " Well put. " }), 200);
    expect(first).toMatchObject({
      id: step.id,
      status: "Approved",
      approvedBy: team.editor.userId,
      decidedBy: team.editor.userId,
      decidedAt: expect.stringMatching(/Z$/),
      comment: "Well put.",
      next: { step: 2, role: "Admin", status: "Pending", contentHash: step.contentHash, approvedBy: null },
    });
    const next = first.next as { id: string };

    expect(await expectStatus(approve(team.admin, next.id), 200)).toMatchObject({ status: "Approved", next: null });

    expect((await call(team.viewer, "GET", `/content/${itemId}`)).body.status).toBe("Approved");
    expect(await happened(itemId)).toEqual({
      events: ["approval.submitted", "approval.step_opened", "approval.step_opened", "approval.approved"],
      audit: ["approval.step_approved", "approval.step_approved", "approval.submitted"],
    });
  });

  test("rejects with a reason, at either step", async () => {
    const { itemId, step } = await submitted();
    const { next } = (await approve(team.editor, step.id)).body as { next: { id: string } };
    const body = await expectStatus(reject(team.admin, next.id, { reason: "The price is last year's." }), 200);

    expect(body).toMatchObject({ status: "Rejected", approvedBy: null, decidedBy: team.admin.userId });
    expect(body.comment).toBe("The price is last year's.");
    expect((await call(team.viewer, "GET", `/content/${itemId}`)).body.status).toBe("Draft");
    expect(await rows(itemId)).toEqual([
      { step: 1, status: "Approved" },
      { step: 2, status: "Rejected" },
    ]);
    expect((await happened(itemId)).events.at(-1)).toBe("approval.rejected");
    expect((await submit(call, team.writer, itemId)).step).toBe(1);
  });

  test.each([[{}], [{ reason: " " }], [{ reason: 1 }], [{ reason: "No.", comment: "No." }], ["{"]])(
    "refuses a rejection that says %j",
    async (body) => {
      const { itemId, step } = await submitted();
      expect((await reject(team.editor, step.id, body)).status).toBe(400);
      expect(await rows(itemId)).toEqual([{ step: 1, status: "Pending" }]);
    },
  );

  test("asks for the step's role, in each call anew", async () => {
    const { step } = await submitted();
    for (const decide of [approve, reject]) {
      for (const who of [team.viewer, team.otherWriter])
        expect((await decide(who, step.id)).body.code).toBe("forbidden");
      expect((await decide(null, step.id)).status).toBe(401);
    }
    const { next } = (await approve(team.editor, step.id)).body as { next: { id: string } };
    expect((await approve(team.otherEditor, next.id)).body.code).toBe("forbidden");
    expect((await reject(team.otherEditor, next.id)).body.code).toBe("forbidden");
  });

  test("is whose the policy says, also a Viewer's or another Writer's", async () => {
    const peers = await seedTeam(t, { approvalSteps: [{ role: "Viewer" }, { role: "Writer" }] });
    for (const last of ["approve", "reject"]) {
      const { id } = await seedItem(t, { createdBy: peers.writer });
      const step = await submit(call, peers.writer, id);
      const { next } = (await expectStatus(approve(peers.viewer, step.id), 200)) as { next: { id: string } };
      expect((await approve(peers.viewer, next.id)).body.code).toBe("forbidden");
      await expectStatus(
        last === "approve" ? approve(peers.otherWriter, next.id) : reject(peers.otherWriter, next.id),
        200,
      );
      const { status } = (await call(peers.viewer, "GET", `/content/${id}`)).body;
      expect(status).toBe(last === "approve" ? "Approved" : "Draft");
    }
  });

  test("never is of one's own words, even as Admin", async () => {
    const { itemId, step } = await submitted(team.admin);
    for (const decide of [approve, reject]) expect((await decide(team.admin, step.id)).body.code).toBe("own_work");

    const byOther = await seedItem(t, { createdBy: team.writer });
    const sent = await submit(call, team.editor, byOther.id);
    for (const decide of [approve, reject]) expect((await decide(team.editor, sent.id)).body.code).toBe("own_work");
    expect(await rows(itemId)).toEqual([{ step: 1, status: "Pending" }]);
  });

  test("never is of two steps of one submission", async () => {
    const { step } = await submitted();
    const { next } = (await approve(team.admin, step.id)).body as { next: { id: string } };
    const again = await approve(team.admin, next.id);
    expect([again.status, again.body.code]).toEqual([403, "own_work"]);
    expect(again.body.detail).toContain("another step");
    expect((await approve(team.otherAdmin, next.id)).status).toBe(200);
  });

  test("follows the policy of when it was submitted", async () => {
    const { id: workspaceId, ...mid } = (await seedTeam(t)).workspace;
    const [writer, editor] = await Promise.all([
      seedMember(t, workspaceId, "Writer"),
      seedMember(t, workspaceId, "Editor"),
    ]);
    const { id } = await seedItem(t, { createdBy: writer });
    const step = await submit(call, writer, id);
    await expectStatus(
      call(mid.admin, "PUT", `/workspaces/${workspaceId}`, { approvalSteps: [{ role: "Admin" }] }),
      200,
    );

    const first = await expectStatus(approve(editor, step.id), 200);
    expect(first).toMatchObject({ role: "Editor", next: { step: 2, role: "Admin", steps: 2 } });

    const later = await seedItem(t, { createdBy: writer });
    expect(await submit(call, writer, later.id)).toMatchObject({ role: "Admin", steps: 1 });
  });
});

describe("another workspace's things", () => {
  test("answer exactly as what doesn't exist", async () => {
    const { itemId, step } = await submitted();
    const made = randomUUID();
    for (const [method, path, body] of [
      ["POST", "/content/ID/submit", {}],
      ["GET", "/content/ID/approvals", undefined],
      ["GET", "/approval/ID", undefined],
      ["POST", "/approval/ID/approve", {}],
      ["POST", "/approval/ID/reject", { reason: "No." }],
    ] as const) {
      const id = path.startsWith("/content") ? itemId : step.id;
      const [real, imaginary] = [
        await call(stranger, method, path.replace("ID", id), body),
        await call(stranger, method, path.replace("ID", made), body),
      ];
      expect([path, real.status, { ...real.body, requestId: "" }]).toEqual([
        path,
        404,
        { ...imaginary.body, requestId: "" },
      ]);
    }
    expect(await rows(itemId)).toEqual([{ step: 1, status: "Pending" }]);
    const inbox = await call(stranger, "GET", "/approval/inbox");
    expect([inbox.status, inbox.body.items]).toEqual([200, []]);
  });

  test("can't be named for submission", async () => {
    const channelId = await seedChannel(t, team.workspace.id);
    const { id } = await item();
    const theirs = await call(team.writer, "POST", `/content/${id}/adaptations`, {
      channelId,
      parts: [{ text: "Hi" }],
    });
    const own = await seedItem(t, { createdBy: stranger });
    await setPolicy(t, stranger.workspaceId, []);
    const answer = await call(stranger, "POST", `/content/${own.id}/submit`, { adaptationIds: [theirs.body.id] });
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  });
});
