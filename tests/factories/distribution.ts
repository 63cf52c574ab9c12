import { expect } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import type { caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";

type Call = ReturnType<typeof caller>;

/** A workspace whose policy asks nobody, so that what is submitted is approved. */
export async function seedPlanners(t: TestDatabase, over: { timeZone?: string } = {}) {
  const workspace = await seedWorkspace(t, { approvalSteps: [], ...over });
  const [editor, writer, viewer] = await Promise.all(
    (["Editor", "Writer", "Viewer"] as const).map((role) => seedMember(t, workspace.id, role)),
  );
  return {
    ...workspace,
    editor: editor as Member,
    writer: writer as Member,
    viewer: viewer as Member,
  };
}
export type Planners = Awaited<ReturnType<typeof seedPlanners>>;

type Draft = { title?: string; body?: string; adaptation?: { channelId: string; parts: { text: string }[] } };

/** An approved item, made and submitted through the API. */
export async function approveItem(call: Call, author: Member, { adaptation, ...draft }: Draft = {}) {
  const item = await call(author, "POST", "/content", { title: "Spring launch", body: "It is *here*.", ...draft });
  expect(item.status).toBe(201);
  const id = item.body.id as string;
  let adaptationId: string | undefined;
  if (adaptation) {
    const made = await call(author, "POST", `/content/${id}/adaptations`, adaptation);
    expect([made.status, made.body]).toEqual([201, expect.anything()]);
    adaptationId = made.body.id as string;
  }
  await submitItem(call, author, id, adaptationId ? [adaptationId] : []);
  return { id, adaptationId };
}

export async function submitItem(call: Call, author: Member, id: string, adaptationIds: string[] = []) {
  const submitted = await call(author, "POST", `/content/${id}/submit`, { adaptationIds });
  expect([submitted.status, submitted.body]).toEqual([201, expect.objectContaining({ status: "Approved" })]);
}
