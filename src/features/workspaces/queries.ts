import { and, eq, gt, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { GuestTx, PersonTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import {
  colleagues,
  workspaceFormerSlugs,
  workspaceInvitations,
  workspaceKeys,
  workspaceMembers,
  workspaceSupport,
  workspaces,
} from "@/db/schema/workspaces";
import type { Role } from "@/platform/actor";

type Tx = WorkspaceTx;
type Page<Column extends string> = {
  sort: { column: Column; descending: boolean };
  after: { value: string; id: string } | undefined;
  count: number;
};

export type MemberRow = { userId: string; name: string; email: string; role: Role; joinedAt: Date };

type PersonRow = { name: string; email: string };

const settings = {
  id: workspaces.id,
  name: workspaces.name,
  slug: workspaces.slug,
  ownerId: workspaces.ownerId,
  branding: workspaces.branding,
  timeZone: workspaces.timeZone,
  region: workspaces.region,
  language: workspaces.language,
  approvalSteps: workspaces.approvalSteps,
  lateAfterMinutes: workspaces.lateAfterMinutes,
  primaryHost: workspaces.primaryHost,
  createdAt: workspaces.createdAt,
  updatedAt: workspaces.updatedAt,
};

/**
 * A person sees their own memberships and their workspaces, and nothing else.
 * @param slug of the one that is looked for: its present one or one that it left
 */
export function listOwn(tx: PersonTx, slug: string | undefined, { sort, after, count }: Page<"name" | "createdAt">) {
  const { beyond, order } = keyset({
    column: workspaces[sort.column],
    id: workspaces.id,
    descending: sort.descending,
    after,
  });
  return tx
    .select({
      ...settings,
      role: sql<Role>`coalesce(${workspaceMembers.role}, case when ${workspaceSupport.mayWrite} then 'Editor' else 'Admin' end)`,
      support: sql<boolean>`${workspaceMembers.role} is null`,
    })
    .from(workspaces)
    .leftJoin(
      workspaceMembers,
      and(
        eq(workspaceMembers.workspaceId, workspaces.id),
        eq(workspaceMembers.userId, sql`app.person_id()`),
        isNull(workspaceMembers.removedAt),
      ),
    )
    .leftJoin(
      workspaceSupport,
      and(
        eq(workspaceSupport.workspaceId, workspaces.id),
        eq(workspaceSupport.userId, sql`app.person_id()`),
        isNull(workspaceSupport.endedAt),
        gt(workspaceSupport.endsAt, sql`now()`),
      ),
    )
    .where(
      and(
        beyond,
        or(isNotNull(workspaceMembers.role), isNotNull(workspaceSupport.id)),
        slug === undefined ? undefined : or(eq(workspaces.slug, slug), inArray(workspaces.id, whoLeft(tx, slug))),
      ),
    )
    .orderBy(...order)
    .limit(count);
}

const whoLeft = (tx: PersonTx, slug: string) =>
  tx
    .select({ id: workspaceFormerSlugs.workspaceId })
    .from(workspaceFormerSlugs)
    .where(eq(workspaceFormerSlugs.slug, slug));

export async function findWorkspace(tx: Tx) {
  const rows = await tx
    .select({ ...settings, role: sql<Role>`app.role()` })
    .from(workspaces)
    .where(eq(workspaces.id, sql`(select app.workspace_id())`));
  return rows[0]!;
}

/** What a client sees of the workspace whose link they have: row-level security shows no other. */
export async function findForClient(tx: GuestTx) {
  const { id, name, branding, timeZone } = workspaces;
  const rows = await tx.select({ id, name, branding, timeZone }).from(workspaces);
  return rows[0]!;
}

export async function lockWorkspace(tx: Tx) {
  const rows = await tx
    .select({ ownerId: workspaces.ownerId })
    .from(workspaces)
    .where(eq(workspaces.id, sql`(select app.workspace_id())`))
    .for("update");
  return rows[0]!;
}

export const updateWorkspace = (tx: Tx, change: Partial<typeof workspaces.$inferInsert>) =>
  tx
    .update(workspaces)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(workspaces.id, sql`(select app.workspace_id())`));

export const insertKey = (tx: Tx, wrappedKey: Buffer) => tx.insert(workspaceKeys).values({ wrappedKey });

export async function findKey(tx: Tx): Promise<Buffer | undefined> {
  const rows = await tx.select({ wrappedKey: workspaceKeys.wrappedKey }).from(workspaceKeys);
  return rows[0]?.wrappedKey;
}

const live = isNull(workspaceMembers.removedAt);
const member = {
  userId: workspaceMembers.userId,
  name: colleagues.name,
  email: colleagues.email,
  role: workspaceMembers.role,
  joinedAt: workspaceMembers.joinedAt,
};
const selectMembers = (tx: Tx, where: SQL | undefined) =>
  tx
    .select(member)
    .from(workspaceMembers)
    .innerJoin(colleagues, eq(colleagues.id, workspaceMembers.userId))
    .where(and(live, where));

export function listMembers(tx: Tx, { sort, after, count }: Page<"name" | "joinedAt">) {
  const column = sort.column === "name" ? colleagues.name : workspaceMembers.joinedAt;
  const { beyond, order } = keyset({ column, id: workspaceMembers.userId, descending: sort.descending, after });
  return selectMembers(tx, beyond)
    .orderBy(...order)
    .limit(count);
}

export async function findMember(tx: Tx, userId: string): Promise<MemberRow | undefined> {
  return (await selectMembers(tx, eq(workspaceMembers.userId, userId)))[0];
}

export async function findMemberByEmail(tx: Tx, email: string): Promise<MemberRow | undefined> {
  return (await selectMembers(tx, eq(colleagues.email, email)))[0];
}

/** Whoever is or was a member, by id. */
export async function findPerson(tx: Tx, userId: string): Promise<PersonRow | undefined> {
  const { name, email } = colleagues;
  const rows = await tx.select({ name, email }).from(colleagues).where(eq(colleagues.id, userId));
  return rows[0];
}

/** Whether somebody has confirmed their address. */
export async function isVerified(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.select({ is: colleagues.emailVerified }).from(colleagues).where(eq(colleagues.id, userId));
  return rows[0]?.is ?? false;
}

export const listRoles = (tx: Tx) =>
  tx
    .select({ userId: workspaceMembers.userId, role: workspaceMembers.role })
    .from(workspaceMembers)
    .where(live)
    .orderBy(workspaceMembers.joinedAt, workspaceMembers.userId);

/** False where there is no such member, or no more. */
export async function updateMember(tx: Tx, userId: string, change: { role: Role } | { removedAt: Date }) {
  const rows = await tx
    .update(workspaceMembers)
    .set(change)
    .where(and(eq(workspaceMembers.userId, userId), live))
    .returning({ userId: workspaceMembers.userId });
  return rows.length > 0;
}

const invitation = {
  id: workspaceInvitations.id,
  email: workspaceInvitations.email,
  role: workspaceInvitations.role,
  invitedBy: workspaceInvitations.invitedBy,
  createdAt: workspaceInvitations.createdAt,
  expiresAt: workspaceInvitations.expiresAt,
  status: sql<
    "Invited" | "Expired"
  >`case when ${workspaceInvitations.expiresAt} < now() then 'Expired' else 'Invited' end`,
};
const open = and(isNull(workspaceInvitations.acceptedAt), isNull(workspaceInvitations.revokedAt));

type NewInvitation = { email: string; role: Role; tokenHash: string; invitedBy: string };

/** One open invitation an address: a second one replaces its token, role and time. Both expire after 7 days. */
export async function upsertInvitation(tx: Tx, row: NewInvitation) {
  const expiresAt = sql`now() + interval '7 days'`;
  const rows = await tx
    .insert(workspaceInvitations)
    .values({ ...row, expiresAt })
    .onConflictDoUpdate({
      target: [workspaceInvitations.workspaceId, workspaceInvitations.email],
      targetWhere: sql`accepted_at is null and revoked_at is null`,
      set: { role: row.role, tokenHash: row.tokenHash, expiresAt },
    })
    .returning(invitation);
  return rows[0]!;
}

export function listInvitations(tx: Tx, { after, count }: Omit<Page<never>, "sort">) {
  const position = { column: workspaceInvitations.createdAt, id: workspaceInvitations.id, descending: true, after };
  const { beyond, order } = keyset(position);
  return tx
    .select(invitation)
    .from(workspaceInvitations)
    .where(and(open, beyond))
    .orderBy(...order)
    .limit(count);
}

export async function revokeInvitation(tx: Tx, id: string) {
  const rows = await tx
    .update(workspaceInvitations)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(workspaceInvitations.id, id), open))
    .returning({ id: workspaceInvitations.id });
  return rows.length > 0;
}

/** Where the site stood before. Row-level security shows it to Admins and jobs alone. */
export async function listFormerSlugs(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ slug: workspaceFormerSlugs.slug }).from(workspaceFormerSlugs);
  return rows.map(({ slug }) => slug);
}
