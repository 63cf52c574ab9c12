import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import type { Answer, caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { testKeyring } from "#tests/harness/keyring";

type Call = ReturnType<typeof caller>;

/** A workspace in which each step of the default policy can be decided, whoever writes. */
export async function seedTeam(t: TestDatabase, over: { approvalSteps?: { role: string }[] } = {}) {
  const workspace = await seedWorkspace(t, over);
  const join = (role: Member["role"]) => seedMember(t, workspace.id, role);
  const [editor, otherEditor, writer, otherWriter, viewer, otherAdmin] = await Promise.all([
    join("Editor"),
    join("Editor"),
    join("Writer"),
    join("Writer"),
    join("Viewer"),
    join("Admin"),
  ]);
  return { workspace, admin: workspace.admin, otherAdmin, editor, otherEditor, writer, otherWriter, viewer };
}

export type Team = Awaited<ReturnType<typeof seedTeam>>;

/** A connected account; nothing is sent to it. */
export async function seedChannel(t: TestDatabase, workspaceId: string, network = "bluesky") {
  const [row] = await t.asOwner<{ id: string }>(
    "insert into channels (workspace_id, network, name, remote_account) values ($1, $2, $2, $3) returning id",
    [workspaceId, network, `did:plc:${randomUUID()}`],
  );
  return row!.id;
}

/** What the account is opened with, sealed as connecting it would have. */
export async function seedCredentials(t: TestDatabase, workspaceId: string, channelId: string) {
  const [key] = await t.asOwner<{ wrapped_key: Buffer }>(
    "select wrapped_key from workspace_keys where workspace_id = $1",
    [workspaceId],
  );
  const sealed = testKeyring.seal(key!.wrapped_key, Buffer.from("{}"), ["channel credentials", workspaceId, channelId]);
  await t.asOwner("insert into channel_credentials (workspace_id, channel_id, sealed) values ($1, $2, $3)", [
    workspaceId,
    channelId,
    sealed,
  ]);
}

export const setPolicy = (t: TestDatabase, workspaceId: string, steps: { role: string }[]) =>
  t.asOwner("update workspaces set approval_steps = $2 where id = $1", [workspaceId, JSON.stringify(steps)]);

/** The body of an answer that has to have this status. */
export async function expectStatus(answer: Promise<Answer>, status: number) {
  const { status: got, body } = await answer;
  expect([got, body]).toEqual([status, expect.anything()]);
  return body;
}

type Submitted = Record<string, unknown> & { id: string; submissionId: string; contentHash: string };

/** Submits an item as whoever wrote it; answers the first step. */
export async function submit(call: Call, as: Member, itemId: string, adaptationIds: string[] = []) {
  return (await expectStatus(call(as, "POST", `/content/${itemId}/submit`, { adaptationIds }), 201)) as Submitted;
}
