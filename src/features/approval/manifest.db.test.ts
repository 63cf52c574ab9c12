import { beforeAll, describe, expect, test } from "vitest";
import { seedItem } from "#tests/factories";
import { expectStatus, seedChannel, seedTeam, submit, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { WorkspaceTx } from "@/db/client";
import { withWorkspace } from "@/db/scope";
import { approvedFor, findSubmission, rebuildManifestHash } from "./index";

const t = testDatabase();
const call = caller(t);
let team: Team;
let bluesky: string;

beforeAll(async () => {
  team = await seedTeam(t, { approvalSteps: [{ role: "Editor" }] });
  bluesky = await seedChannel(t, team.workspace.id);
});

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) =>
  withWorkspace(t.db, { ...team.admin, requestId: undefined }, work);
const adapt = async (itemId: string, text: string, channelId = bluesky) =>
  (
    await expectStatus(
      call(team.writer, "POST", `/content/${itemId}/adaptations`, { channelId, parts: [{ text }] }),
      201,
    )
  ).id as string;
const submitNaming = (itemId: string, adaptationIds: string[]) =>
  call(team.writer, "POST", `/content/${itemId}/submit`, { adaptationIds });
const rebuilt = (submissionId: string) =>
  inside(async (tx) => rebuildManifestHash(tx, (await findSubmission(tx, submissionId))!));
const submissions = (itemId: string) =>
  t.asOwner<{ status: string }>(
    "select status from approval_submissions where content_item_id = $1 order by submitted_at",
    [itemId],
  );

describe("what may go out", () => {
  test("is title, excerpt and link on a network of short posts that nobody wrote for", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer, metadata: { excerpt: "What spring brings." } });
    const { adaptations } = await submit(call, team.writer, id);
    const link = `https://contentos.test/s/${team.workspace.slug}/${id}`;
    expect(adaptations).toEqual([
      {
        id: null,
        channelId: bluesky,
        parts: [{ text: `Spring launch\n\nWhat spring brings.\n\n${link}` }],
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test("is what was written for a channel, and is shown to who decides", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const adaptationId = await adapt(id, "Spring is here!");
    const step = await submit(call, team.writer, id, [adaptationId, adaptationId]);
    expect(step.adaptations).toMatchObject([
      { id: adaptationId, channelId: bluesky, parts: [{ text: "Spring is here!" }] },
    ]);
    expect({ ...(await call(team.editor, "GET", `/approval/${step.id}`)).body, clientLinks: null }).toEqual(step);
  });

  test("leaves out channels that were disconnected", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const gone = await seedChannel(t, team.workspace.id);
    const adaptationId = await adapt(id, "Hello", gone);
    await t.asOwner("update channels set status = 'Disconnected', removed_at = now() where id = $1", [gone]);
    expect((await submitNaming(id, [adaptationId])).body.code).toBe("channel_disconnected");
    const { adaptations } = await submit(call, team.writer, id);
    expect(adaptations).toMatchObject([{ id: null, channelId: bluesky }]);
  });

  test("is nothing that its channel would refuse", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const [fits, tooLong] = [await adapt(id, "Short."), await adapt(id, "x".repeat(301))];
    const { status, body } = await submitNaming(id, [fits, tooLong]);
    expect([status, body.code]).toEqual([409, "channel_limits"]);
    expect(body.issues).toMatchObject([{ path: "adaptationIds.1", message: expect.stringContaining("300") }]);
    expect(await submissions(id)).toEqual([]);
  });

  test("is of the item and of its current version", async () => {
    const [mine, other] = [
      await seedItem(t, { createdBy: team.writer }),
      await seedItem(t, { createdBy: team.writer }),
    ];
    const [stale, foreign] = [await adapt(mine.id, "Spring."), await adapt(other.id, "Summer.")];
    expect((await submitNaming(mine.id, [foreign])).body.code).toBe("not_found");
    await call(team.writer, "POST", `/content/${mine.id}/versions`, { body: "Later.", baseVersion: 1 });
    expect((await submitNaming(mine.id, [stale])).body.code).toBe("adaptation_pinned");
    expect(await submissions(mine.id)).toEqual([]);
  });
});

describe("the hash of a submission", () => {
  test("is the same made anew from the rows, and for the same submitted again", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const first = await submit(call, team.writer, id, [await adapt(id, "Spring!")]);
    expect(await rebuilt(first.submissionId)).toBe(first.contentHash);
    const { body } = await call(team.editor, "POST", `/approval/${first.id}/reject`, { reason: "Again." });
    const adaptations = first.adaptations as { id: string }[];
    const second = await submit(call, team.writer, id, [adaptations[0]!.id]);
    expect([body.status, second.contentHash]).toEqual(["Rejected", first.contentHash]);
  });

  test.each([
    ["title", "update content_versions set title = 'Summer' where content_item_id = $1"],
    ["body", "update content_versions set body = 'Other.' where content_item_id = $1"],
    ["metadata", `update content_versions set metadata = '{"slug":"x"}' where content_item_id = $1`],
    ["assets", `update content_versions set assets = '["x"]' where content_item_id = $1`],
    ["adaptation", `update content_adaptations set parts = '[{"text":"Other."}]' where content_item_id = $1`],
    [
      "text made by rule",
      `update approval_submissions set adaptations = jsonb_set(adaptations, '{1,parts,0,text}', '"Other."') where content_item_id = $1`,
    ],
  ])("tells a %s that somebody changed underneath", async (_, tampering) => {
    const other = await seedChannel(t, team.workspace.id);
    const { id } = await seedItem(t, { createdBy: team.writer });
    const step = await submit(call, team.writer, id, [await adapt(id, "Spring!")]);
    expect((step.adaptations as unknown[]).length).toBe(2);
    await t.asOwner(tampering, [id]);
    expect(await rebuilt(step.submissionId)).not.toBe(step.contentHash);
    await t.asOwner("update channels set removed_at = now() where id = $1", [other]);
  });

  test("can't be made anew where an adaptation is gone", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const step = await submit(call, team.writer, id, [await adapt(id, "Spring!")]);
    await t.asOwner("update content_adaptations set removed_at = now() where content_item_id = $1", [id]);
    expect(await rebuilt(step.submissionId)).toBe(null);
  });
});

describe("what was approved", () => {
  test("is told with its texts, until something of it changes", async () => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    const adaptationId = await adapt(id, "Spring!");
    const step = await submit(call, team.writer, id, [adaptationId]);
    expect(await inside((tx) => approvedFor(tx, id))).toBe(undefined);
    await call(team.editor, "POST", `/approval/${step.id}/approve`);
    expect(await inside((tx) => approvedFor(tx, id))).toMatchObject({
      id: step.submissionId,
      versionNumber: 1,
      contentHash: step.contentHash,
      adaptations: [{ id: adaptationId, channelId: bluesky, parts: [{ text: "Spring!" }] }],
    });

    // Another adaptation was not submitted, so that it changes nothing.
    const other = await adapt(id, "Not sent.");
    const put = (which: string) =>
      call(team.writer, "PUT", `/content/${id}/adaptations/${which}`, { parts: [{ text: "Changed." }] });
    expect((await put(other)).status).toBe(200);
    expect(await submissions(id)).toEqual([{ status: "Approved" }]);

    expect((await put(adaptationId)).status).toBe(200);
    expect(await submissions(id)).toEqual([{ status: "Superseded" }]);
    expect(await inside((tx) => approvedFor(tx, id))).toBe(undefined);
    expect((await call(team.viewer, "GET", `/content/${id}`)).body.status).toBe("Draft");
    expect(
      await t.asOwner("select type from events where subject_id = $1 and type = 'approval.superseded'", [id]),
    ).toHaveLength(1);
    expect(
      await t.asOwner("select from audit_events where subject_id = $1 and action = 'approval.superseded'", [id]),
    ).toHaveLength(1);
  });

  test("outlives archiving and restoring; an open review does not", async () => {
    const approved = await seedItem(t, { createdBy: team.writer });
    const step = await submit(call, team.writer, approved.id);
    await call(team.editor, "POST", `/approval/${step.id}/approve`);
    const open = await seedItem(t, { createdBy: team.writer });
    await submit(call, team.writer, open.id);
    for (const { id } of [approved, open]) await call(team.writer, "POST", `/content/${id}/archive`);
    expect(await submissions(approved.id)).toEqual([{ status: "Approved" }]);
    expect(await submissions(open.id)).toEqual([{ status: "Superseded" }]);
    expect((await call(team.writer, "POST", `/content/${open.id}/restore`)).body.status).toBe("Draft");
  });
});
