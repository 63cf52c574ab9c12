import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { hashToken } from "@/platform/secrets";
import { latestKeyEnd } from "../policy/service";
import type { CreateApiKey, ListApiKeys, RotateApiKey } from "./contract";
import { actingRole, canManageKeys, keyStatus } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
/** A key that was just made, and when: neither is made within a transaction. */
type Made = { key: string; now: Date };

const HINT = 4;
const HOUR_MS = 3_600_000;
const SORT = "-createdAt";

const noSuchKey = () => new AppError("not_found", "There is no such API key in this workspace.");

function requireManager(actor: Actor) {
  if (!canManageKeys(actor))
    throw new AppError("forbidden", "Only Admins manage API keys: ask one of your workspace.", {
      reason: "needs_admin",
    });
}

const present = ({ memberRole, expired, ...row }: queries.KeyRow) => ({
  ...row,
  actingRole: actingRole(row.role, memberRole),
  status: keyStatus({ ...row, memberRole, expired }),
});

const tell = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `auth.key_${verb}`, subjectType: "api_key", subjectId, detail });

/** As it was asked for, within what the workspace lets keys live; where nothing was asked, that is the end. */
async function endOf(tx: Tx, expiresAt: string | null | undefined, now: Date) {
  const latest = await latestKeyEnd(tx, now);
  if (!expiresAt) return latest;
  const at = new Date(expiresAt);
  if (at <= now) throw badEnd("This time is past: give one to come, or leave it out.", "past");
  if (latest && at > latest)
    throw badEnd(`This workspace lets keys live until ${latest.toISOString()} at most: give an earlier time.`);
  return at;
}

const badEnd = (message: string, rule?: "past") =>
  new AppError("invalid_request", message, { issues: [{ path: "expiresAt", message, ...(rule && { rule }) }] });

export async function listApiKeys(tx: Tx, actor: Actor, { limit, cursor }: z.output<typeof ListApiKeys>) {
  requireManager(actor);
  const rows = await queries.listKeys(tx, { after: decodeCursor(cursor, SORT), count: limit + 1 });
  return toPage(rows.map(present), limit, SORT, (row) => row.createdAt.toISOString());
}

export async function createApiKey(
  tx: Tx,
  actor: Actor,
  { name, role, scopes, expiresAt, key, now }: z.output<typeof CreateApiKey> & Made,
) {
  requireManager(actor);
  const id = newId();
  await queries.insertKey(tx, {
    id,
    name,
    role,
    scopes: scopes ? [...new Set(scopes)].sort() : null,
    hint: key.slice(-HINT),
    tokenHash: hashToken(key),
    createdBy: actor.userId,
    expiresAt: await endOf(tx, expiresAt, now),
  });
  await tell(tx, actor, "created", id, { role, scopes: scopes ?? null });
  return { ...present((await queries.findKey(tx, id))!), key };
}

/** The new key acts for whoever rotates it: so somebody takes on what a colleague left behind. */
export async function rotateApiKey(
  tx: Tx,
  actor: Actor,
  { id, overlapHours, expiresAt, key, now }: z.output<typeof RotateApiKey> & Made & { id: string },
) {
  requireManager(actor);
  await changing(tx, id, {
    hint: key.slice(-HINT),
    tokenHash: hashToken(key),
    previousUntil: overlapHours > 0 ? new Date(now.getTime() + overlapHours * HOUR_MS) : null,
    actsFor: actor.userId,
    rotatedAt: now,
    ...(expiresAt !== undefined && { expiresAt: await endOf(tx, expiresAt, now) }),
  });
  await tell(tx, actor, "rotated", id, { overlapHours });
  return { ...present((await queries.findKey(tx, id))!), key };
}

export async function revokeApiKey(tx: Tx, actor: Actor, { id, now }: { id: string; now: Date }) {
  requireManager(actor);
  await changing(tx, id, { revokedAt: now, revokedBy: actor.userId });
  await tell(tx, actor, "revoked", id);
}

async function changing(tx: Tx, id: string, change: Parameters<typeof queries.changeKey>[2]) {
  if (await queries.changeKey(tx, id, change)) return;
  if (!(await queries.findKey(tx, id))) throw noSuchKey();
  throw new AppError("key_revoked", "This key was revoked for good: make a new one.");
}

/** What a token of the acting key says: at most what the key itself may, and for no longer than it lives. */
export async function grantToToken(tx: Tx, asked: readonly string[] | undefined) {
  const { proof, scopes: own, expiresAt, mostSeconds } = await queries.proofOfActingKey(tx);
  const covers = (scope: string) => !own || own.includes(scope) || own.includes(scope.replace(/:read$/, ":write"));
  const beyond = asked?.find((scope) => !covers(scope));
  if (beyond) throw new AppError("key_scope", `This key was not given ${beyond}: ask for less, or an Admin for more.`);
  return { proof, scopes: asked ?? own, expiresAt, mostSeconds };
}
