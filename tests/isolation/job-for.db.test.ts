import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { holdJob } from "#tests/harness/jobs";
import { enqueue } from "@/db/queue";
import { withJob, withJobFor, withWorkspace } from "@/db/scope";
import type { JobClaim } from "@/platform/actor";
import { claimOf, refusal, run } from "./two-workspaces";

const t = testDatabase();

const persona = sql`insert into personas (name, created_by) values (gen_random_uuid()::text, app.user_id())`;

/** A job that somebody asked for, in the hands of a worker; `said` is what the payload claims. */
async function asked(role: Member["role"], said: Record<string, string> = {}) {
  const { id, admin } = await seedWorkspace(t);
  const member = await seedMember(t, id, role);
  await withWorkspace(t.db, claimOf(member), (tx) => enqueue(tx, { task: "test.for", payload: said, jobKey: "x" }));
  return { admin, member, job: await holdJob(t, "test.for") };
}
const whoIs = (claim: JobClaim) => withJobFor(t.db, claim, async (_tx, actor) => actor);

test("a job goes on as the person who asked for it, in their workspace and with their role", async () => {
  const { member, job } = await asked("Editor");
  expect(await whoIs(job.claim)).toEqual({
    workspaceId: member.workspaceId,
    userId: member.userId,
    role: "Editor",
    requestId: undefined,
  });
  await withJobFor(t.db, job.claim, run(persona));
  const [made] = await t.asOwner("select created_by from personas where workspace_id = $1", [member.workspaceId]);
  expect(made).toEqual({ created_by: member.userId });
  await job.die();
});

test("whom a job works for is what the scope said, whatever its payload claimed", async () => {
  const { admin } = await seedWorkspace(t);
  const { member, job } = await asked("Writer", { onBehalfOf: admin.userId, workspaceId: admin.workspaceId });
  expect(await whoIs(job.claim)).toMatchObject({ userId: member.userId, role: "Writer" });
  await job.die();
});

test("its role is read anew each time, and holds in the database", async () => {
  const { member, job } = await asked("Editor");
  await t.asOwner("update workspace_members set role = 'Viewer' where user_id = $1", [member.userId]);
  expect(await whoIs(job.claim)).toMatchObject({ role: "Viewer" });
  await expect(withJobFor(t.db, job.claim, run(persona))).rejects.toEqual(refusal("42501"));
  await job.die();
});

test.each([
  ["was removed", "update workspace_members set removed_at = now() where user_id = $1"],
  ["was suspended", "update users set suspended_at = now() where id = $1"],
])("nobody goes on as a person who %s; the job itself still can", async (_, statement) => {
  const { member, job } = await asked("Editor");
  await t.asOwner(statement, [member.userId]);
  await expect(whoIs(job.claim)).rejects.toMatchObject({ code: "CO403" });
  expect(await withJob(t.db, job.claim, async (_tx, actor) => actor.role)).toBe("System");
  await job.die();
});

test("only the live worker that holds the job goes on as somebody", async () => {
  const { job } = await asked("Editor");
  await expect(whoIs({ ...job.claim, workerId: "somebody else" })).rejects.toMatchObject({ code: "CO404" });
  await expect(whoIs({ ...job.claim, jobId: "999999999" })).rejects.toMatchObject({ code: "CO404" });
  await whoIs(job.claim);
  await job.die();
  await expect(whoIs(job.claim)).rejects.toMatchObject({ code: "CO404" });
});

test("what a job enqueues works for nobody, and what it enqueues as somebody works for them", async () => {
  const { member, job } = await asked("Editor");
  const next = { task: "test.next", payload: {}, jobKey: "next" };
  await withJob(t.db, job.claim, (tx) => enqueue(tx, next));
  const nobodys = await holdJob(t, "test.next");
  await expect(whoIs(nobodys.claim)).rejects.toMatchObject({ code: "CO403" });
  await withJobFor(t.db, job.claim, (tx) => enqueue(tx, next));
  const theirs = await holdJob(t, "test.next");
  expect(await whoIs(theirs.claim)).toMatchObject({ userId: member.userId });
  await Promise.all([job.die(), nobodys.die(), theirs.die()]);
});
