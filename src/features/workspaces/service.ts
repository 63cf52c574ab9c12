import type { z } from "zod";
import type { PersonTx, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { acceptInvitation as enterByInvitation, foundWorkspace } from "@/db/scope";
import { record } from "@/features/audit";
import { requireSeat, requireWorkspaceRoom, withinPlan } from "@/features/billing";
import { decodeCursor, toPage } from "@/http/cursor";
import { constraintOf, sqlState } from "@/http/problem";
import type { Actor, Person, Role } from "@/platform/actor";
import { AppError, type ErrorCode } from "@/platform/errors";
import { originAt } from "@/platform/host";
import { shortCode } from "@/platform/ids";
import type { Mail } from "@/platform/mailer";
import { hashToken, type Keyring, newToken } from "@/platform/secrets";
import type {
  CreateWorkspace,
  InviteMember,
  ListInvitations,
  ListMembers,
  ListWorkspaces,
  UpdateWorkspace,
} from "./contract";
import { canAdminister, canHandOver } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Deps = { keyring: Keyring; region: string | null };

const noSuchMember = () => new AppError("not_found", "There is no such member in this workspace.");
const ownerProtected = () =>
  new AppError("owner_protected", "The owner stays an Admin: hand the workspace over to another Admin first.");

function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins do this: ask one of your workspace.", { reason: "needs_admin" });
}

export async function listWorkspaces(tx: PersonTx, { sort, slug, limit, cursor }: z.output<typeof ListWorkspaces>) {
  const order = orderOf<"name" | "createdAt">(sort);
  const page = { sort: order, after: decodeCursor(cursor, sort), count: limit + 1 };
  const rows = await queries.listOwn(tx, slug, page);
  return toPage(rows, limit, sort, (row) => (order.column === "name" ? row.name : row.createdAt.toISOString()));
}

export async function createWorkspace(
  personTx: PersonTx,
  person: Person,
  { region, ...input }: z.output<typeof CreateWorkspace>,
  deps: Deps,
) {
  if (deps.region && region && region !== deps.region) {
    throw new AppError("wrong_region", `This deployment keeps its data in ${deps.region}: use the one in ${region}.`);
  }
  await requireWorkspaceRoom(personTx);
  const founding = { ...input, region: deps.region ?? region ?? "local" };
  const { tx, actor } = await foundWithFreeSlug(personTx, person, founding);
  await queries.insertKey(tx, deps.keyring.newWorkspaceKey());
  const subject = { subjectType: "workspace", subjectId: actor.workspaceId };
  await record(tx, actor, { action: "workspaces.founded", ...subject });
  await emit(tx, { type: "workspaces.founded", subjectId: actor.workspaceId, payload: {} });
  return queries.findWorkspace(tx);
}

type Founding = Omit<Parameters<typeof foundWorkspace>[2], "slug">;

async function foundWithFreeSlug(tx: PersonTx, person: Person, founding: Founding) {
  const slug = slugOf(founding.name);
  for (const candidate of [slug, ...Array.from({ length: 5 }, () => `${slug.slice(0, 51)}-${shortCode()}`)]) {
    const founded = await foundWorkspace(tx, person, { ...founding, slug: candidate });
    if (founded) return founded;
  }
  throw new AppError("conflict", "No free address was found for this name: try again, or choose another name.");
}

/** The address of a name: its Latin letters and digits, at most 60, with a hyphen for all else between them. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-").slice(0, 60).replace(/-$/, "") ?? "workspace";
}

export const getWorkspace = (tx: Tx) => queries.findWorkspace(tx);

export async function updateWorkspace(tx: Tx, actor: Actor, input: z.output<typeof UpdateWorkspace>) {
  requireAdmin(actor);
  const change = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const changed = Object.keys(change);
  if (changed.length > 0) {
    const before = input.language === undefined ? undefined : await queries.findWorkspace(tx);
    await refusing("23505", () => queries.updateWorkspace(tx, change), slugTaken);
    await record(tx, actor, {
      action: "workspaces.changed",
      subjectType: "workspace",
      subjectId: actor.workspaceId,
      detail: { changed, ...(input.approvalSteps && { approvalSteps: input.approvalSteps.map(({ role }) => role) }) },
    });
    if (before && before.language !== input.language)
      await emit(tx, { type: "workspaces.language_changed", subjectId: actor.workspaceId, payload: {} });
    if (input.branding)
      await emit(tx, { type: "workspaces.branding_changed", subjectId: actor.workspaceId, payload: {} });
    const shown = ON_THE_SITE.filter((field) => input[field] !== undefined);
    if (shown.length > 0)
      await emit(tx, { type: "workspaces.site_changed", subjectId: actor.workspaceId, payload: { changed: shown } });
  }
  return queries.findWorkspace(tx);
}

/** What a workspace's public pages show of it; its branding holds the theme. */
const ON_THE_SITE = ["name", "slug", "branding", "language", "timeZone"] as const;

const slugTaken = (raised: unknown) =>
  constraintOf(raised) === "workspaces_slug_key"
    ? new AppError("slug_taken", "Another workspace has this address: choose another.")
    : raised;

/** One hand-over at a time, as the workspace is locked; that the new owner is an Admin, the database sees to as well. */
export async function handOver(tx: Tx, actor: Actor, { userId }: { userId: string }) {
  requireAdmin(actor);
  const workspace = await queries.lockWorkspace(tx);
  if (!canHandOver(actor, workspace))
    throw new AppError("forbidden", "Only the owner hands a workspace over.", { reason: "needs_owner" });
  const heir = await queries.findMember(tx, userId);
  if (!heir) throw noSuchMember();
  const notReady = () =>
    new AppError("conflict", "Hand the workspace over to another Admin: give them that role first.");
  if (heir.role !== "Admin" || userId === actor.userId) throw notReady();
  await refusing("CO409", () => queries.updateWorkspace(tx, { ownerId: userId }), notReady);
  await record(tx, actor, {
    action: "workspaces.handed_over",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { from: actor.userId, to: userId },
  });
  return queries.findWorkspace(tx);
}

export async function listMembers(tx: Tx, { sort, limit, cursor }: z.output<typeof ListMembers>) {
  const order = orderOf<"name" | "joinedAt">(sort);
  const rows = await queries.listMembers(tx, { sort: order, after: decodeCursor(cursor, sort), count: limit + 1 });
  return toPage(
    rows.map((row) => ({ ...presentMember(row), id: row.userId })),
    limit,
    sort,
    (row) => (order.column === "name" ? row.name : row.joinedAt.toISOString()),
  );
}

const presentMember = (row: queries.MemberRow) => ({ ...row, status: "Active" as const });

/** The mail is to be sent once the invitation is committed; its token is stored hashed, and told nowhere else. */
export async function inviteMember(
  tx: Tx,
  actor: Actor,
  { email, role }: z.output<typeof InviteMember>,
  { publicUrl }: { publicUrl: string },
) {
  requireAdmin(actor);
  if (await queries.findMemberByEmail(tx, email)) {
    throw new AppError("already_member", "This person is a member already: change their role instead.");
  }
  const token = newToken();
  const invited = { email, role, tokenHash: hashToken(token), invitedBy: actor.userId };
  const invitation = await withinPlan(tx, "seats", () => queries.upsertInvitation(tx, invited));
  await record(tx, actor, {
    action: "workspaces.member_invited",
    subjectType: "invitation",
    subjectId: invitation.id,
    detail: { role },
  });
  const { name, primaryHost } = await queries.findWorkspace(tx);
  const inviteUrl = `${originAt(publicUrl, primaryHost)}/invitations/accept#token=${token}`;
  // Whoever took another's address must not write to strangers by our mail server.
  const mailed = await queries.isVerified(tx, actor.userId);
  const mail = invitationMail({ to: email, workspace: name, role, inviteUrl, ownHost: primaryHost !== null });
  return { answer: { ...invitation, inviteUrl, mailed }, mail: mailed ? mail : undefined };
}

function invitationMail({
  to,
  workspace,
  role,
  inviteUrl,
  ownHost,
}: {
  to: string;
  workspace: string;
  role: Role;
  inviteUrl: string;
  /** Whether the workspace has a host of its own: then nothing but its name stands in the mail. */
  ownHost: boolean;
}): Mail {
  const name = workspace.replace(/\s+/g, " ");
  return {
    to,
    ...(ownHost && { fromName: name }),
    subject: ownHost ? `Join ${name}` : `Join ${name} on ContentOS`,
    text: [
      `You are invited to the workspace ${name}, with the role ${role}.`,
      `Open this link within 7 days, and sign in or sign up as ${to}:`,
      inviteUrl,
      "If you did not expect this, leave it: nothing happens.",
    ].join("\n\n"),
  };
}

/** The owner's row is guarded by the database, so that a hand-over at the same moment changes nothing. */
async function changing(tx: Tx, userId: string, change: { role: Role } | { removedAt: Date }) {
  if (!(await refusing("CO409", () => queries.updateMember(tx, userId, change), ownerProtected))) throw noSuchMember();
}

export async function changeMember(tx: Tx, actor: Actor, { userId, role }: { userId: string; role: Role }) {
  requireAdmin(actor);
  const before = await queries.findMember(tx, userId);
  if (!before) throw noSuchMember();
  if (before.role !== role) {
    await changing(tx, userId, { role });
    await record(tx, actor, {
      action: "workspaces.member_changed",
      subjectType: "member",
      subjectId: userId,
      detail: { from: before.role, to: role },
    });
    const payload = { from: before.role, to: role };
    await emit(tx, { type: "workspaces.member_changed", subjectId: userId, payload });
  }
  return presentMember({ ...before, role });
}

export async function removeMember(tx: Tx, actor: Actor, { userId }: { userId: string }) {
  requireAdmin(actor);
  await changing(tx, userId, { removedAt: new Date() });
  await record(tx, actor, { action: "workspaces.member_removed", subjectType: "member", subjectId: userId });
}

export async function listInvitations(tx: Tx, actor: Actor, { limit, cursor }: z.output<typeof ListInvitations>) {
  requireAdmin(actor);
  const rows = await queries.listInvitations(tx, { after: decodeCursor(cursor, "-createdAt"), count: limit + 1 });
  return toPage(rows, limit, "-createdAt", (row) => row.createdAt.toISOString());
}

export async function revokeInvitation(tx: Tx, actor: Actor, { invitationId }: { invitationId: string }) {
  requireAdmin(actor);
  if (!(await queries.revokeInvitation(tx, invitationId))) {
    throw new AppError("not_found", "There is no such open invitation in this workspace.");
  }
  await record(tx, actor, {
    action: "workspaces.invitation_revoked",
    subjectType: "invitation",
    subjectId: invitationId,
  });
}

const ACCEPTANCE: Record<string, [ErrorCode, string]> = {
  CO403: ["invitation_for_another_address", "This invitation is for another address: sign in with that one."],
  CO404: ["invitation_invalid", "This invitation was used, taken back or replaced, or has expired: ask for a new one."],
  CO409: ["already_member", "You are a member of this workspace already."],
};

export async function acceptInvitation(personTx: PersonTx, person: Person, { token }: { token: string }) {
  const { tx, actor } = await enterByInvitation(personTx, person, hashToken(token)).catch((raised: unknown) => {
    const refusal = ACCEPTANCE[sqlState(raised)];
    throw refusal ? new AppError(...refusal, { cause: raised }) : raised;
  });
  await requireSeat(tx);
  await record(tx, actor, {
    action: "workspaces.member_joined",
    subjectType: "member",
    subjectId: actor.userId,
    detail: { role: actor.role },
  });
  await emit(tx, { type: "workspaces.member_joined", subjectId: actor.userId, payload: { role: actor.role } });
  return { workspaceId: actor.workspaceId, role: actor.role };
}

/** Gives a refusal of the database the word of this room. */
async function refusing<T>(state: string, work: () => Promise<T>, refusal: (raised: unknown) => unknown): Promise<T> {
  try {
    return await work();
  } catch (raised) {
    throw sqlState(raised) === state ? refusal(raised) : raised;
  }
}

const orderOf = <Column extends string>(sort: Column | `-${Column}`) => ({
  column: sort.replace(/^-/, "") as Column,
  descending: sort.startsWith("-"),
});

/** What other rooms go by. */
export async function workspaceSettings(tx: Tx) {
  const { id, name, slug, branding, timeZone, language, approvalSteps, lateAfterMinutes, primaryHost } =
    await queries.findWorkspace(tx);
  return { id, name, slug, branding, timeZone, language, approvalSteps, lateAfterMinutes, primaryHost };
}

/** The addresses at which the site stood before, for jobs. */
export const formerSlugs = (tx: Tx) => queries.listFormerSlugs(tx);

/** The live members and their roles. */
export const membersByRole = (tx: Tx): Promise<{ userId: string; role: Role }[]> => queries.listRoles(tx);

export const isMember = async (tx: Tx, userId: string) => (await queries.findMember(tx, userId)) !== undefined;

/** The workspace's wrapped data key, for `Keyring.seal` and `open`. Row-level security shows it to Admins and jobs alone. */
export async function workspaceKey(tx: Tx): Promise<Buffer> {
  const key = await queries.findKey(tx);
  if (!key) throw new Error("This workspace has no key, or its reader is neither an Admin nor a job");
  return key;
}
