import { type SQL, sql } from "drizzle-orm";
import { afterEach, beforeAll, expect } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import type { TestDatabase } from "#tests/harness/database";
import { createDatabase, type Database, type WorkspaceTx } from "@/db/client";

type Runs = Pick<WorkspaceTx, "execute">;

export const claimOf = ({ sessionId, workspaceId }: Member) => ({ sessionId, workspaceId, requestId: undefined });
/** The items that a statement without conditions sees. */
export const items = async (tx: Runs) =>
  (await tx.execute<{ id: string }>(sql`select id from content_items`)).rows.map(({ id }) => id);
export const run = (statement: SQL) => (tx: Runs) => tx.execute(statement);
export const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

/** An Editor in one workspace and an Admin in another, with an item each. */
export function twoWorkspaces(t: TestDatabase) {
  const seeded = {} as { mine: Member; theirs: Member; myItem: string; theirItem: string };
  beforeAll(async () => {
    const [ours, others] = [await seedWorkspace(t), await seedWorkspace(t)];
    seeded.mine = await seedMember(t, ours.id, "Editor");
    seeded.theirs = await seedMember(t, others.id, "Admin");
    seeded.myItem = (await seedItem(t, { createdBy: seeded.mine })).id;
    seeded.theirItem = (await seedItem(t, { createdBy: seeded.theirs })).id;
  });
  return seeded;
}

/** Databases of one connection, so that whoever comes next is sure to meet what was left on it; closed after each test. */
export function oneConnections(t: TestDatabase) {
  const opened: Database[] = [];
  const close = () => Promise.all(opened.splice(0).map(({ pool }) => pool.end()));
  afterEach(close);
  const open = (url = t.urls.app) => {
    const db = createDatabase(url, undefined, { max: 1 });
    opened.push(db);
    return db;
  };
  return { open, close };
}
