import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { hashToken } from "@/platform/secrets";
import { requireAdmin } from "../policy/policy";
import * as sso from "../sso/queries";
import * as queries from "./queries";

const HINT = 4;
const HOUR_MS = 3_600_000;

type Tx = WorkspaceTx;
export type Deps = { /** Where directories are told to go. */ scimUrl: string };

const ofWorkspace = (actor: Actor) => ({ subjectType: "workspace", subjectId: actor.workspaceId });
const hasDomain = async (tx: Tx) => (await sso.listDomains(tx)).some(({ verifiedAt }) => verifiedAt !== null);

export async function getScim(tx: Tx, actor: Actor, { scimUrl }: Deps) {
  requireAdmin(actor);
  return {
    baseUrl: scimUrl,
    ready: await hasDomain(tx),
    tokens: await queries.listTokens(tx),
    groups: await queries.listGroupsForAdmin(tx),
  };
}

/** Another takes the place of those before it, which go on for as long as is said. */
export async function createScimToken(
  tx: Tx,
  actor: Actor,
  { overlapHours, token, now }: { overlapHours: number; token: string; now: Date },
  deps: Deps,
) {
  requireAdmin(actor);
  if (!(await hasDomain(tx)))
    throw new AppError("domain_not_verified", "Verify a domain first: a directory may only provision people in it.");
  const id = newId();
  const row = { id, hint: token.slice(-HINT), tokenHash: hashToken(token), createdBy: actor.userId };
  await queries.replaceTokens(tx, row, new Date(now.getTime() + overlapHours * HOUR_MS));
  await record(tx, actor, {
    action: "auth.scim_token_created",
    subjectType: "scim_token",
    subjectId: id,
    detail: { overlapHours },
  });
  return { ...(await getScim(tx, actor, deps)), token };
}

export async function revokeScimToken(tx: Tx, actor: Actor, { tokenId, now }: { tokenId: string; now: Date }) {
  requireAdmin(actor);
  if (!(await queries.revokeToken(tx, tokenId, now)))
    throw new AppError("not_found", "There is no such live token in this workspace.");
  await record(tx, actor, { action: "auth.scim_token_revoked", subjectType: "scim_token", subjectId: tokenId });
}

type Mapping = { groupId: string; role: "Editor" | "Writer" | "Viewer" | null };

export async function mapScimGroup(tx: Tx, actor: Actor, { groupId, role }: Mapping, deps: Deps) {
  requireAdmin(actor);
  if (!(await queries.mapGroup(tx, groupId, role)))
    throw new AppError("not_found", "There is no such group in this workspace.");
  await record(tx, actor, { action: "auth.scim_group_mapped", ...ofWorkspace(actor), detail: { groupId, role } });
  return getScim(tx, actor, deps);
}
