import type pg from "pg";
import type { z } from "zod";
import type { Database, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { withJob } from "@/db/scope";
import { record } from "@/features/audit";
import type { Actor, JobClaim } from "@/platform/actor";
import { AppError, StartError } from "@/platform/errors";
import type { Mailer } from "@/platform/mailer";
import { canAdminister } from "../policy";
import { findWorkspace } from "../queries";
import type { ChangeSupport, ChangeSupportAccess } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins see and decide who of the operator's enters.");
}

export async function getSupport(tx: Tx, actor: Actor) {
  requireAdmin(actor);
  return { forbidden: await queries.isForbidden(tx), items: await queries.listAccesses(tx) };
}

export async function changeSupport(tx: Tx, actor: Actor, { forbidden }: z.output<typeof ChangeSupport>) {
  requireAdmin(actor);
  await queries.setForbidden(tx, forbidden);
  record(tx, actor, {
    action: forbidden ? "workspaces.support_forbidden" : "workspaces.support_allowed",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
  });
  if (forbidden) for (const access of await queries.endAll(tx)) recordEnd(tx, actor, access);
  return getSupport(tx, actor);
}

export async function changeSupportAccess(
  tx: Tx,
  actor: Actor,
  { accessId, mayWrite, end }: z.output<typeof ChangeSupportAccess> & { accessId: string },
) {
  requireAdmin(actor);
  const changed = await queries.changeAccess(tx, accessId, { mayWrite, end: end === true });
  if (!changed) throw new AppError("not_found", "There is no such access, or it is over.");
  if (mayWrite !== undefined)
    record(tx, actor, {
      action: "workspaces.support_changed",
      subjectType: "member",
      subjectId: changed.userId,
      detail: { supportId: accessId, mayWrite },
    });
  if (end) recordEnd(tx, actor, { id: accessId, userId: changed.userId });
  return getSupport(tx, actor);
}

const recordEnd = (tx: Tx, actor: Actor, { id, userId }: { id: string; userId: string }) =>
  record(tx, actor, {
    action: "workspaces.support_ended",
    subjectType: "member",
    subjectId: userId,
    detail: { supportId: id },
  });

const REFUSED: Record<string, string> = {
  NoWorkspace: "There is no such workspace.",
  NoPerson: "There is no account with this address, or it is suspended: whoever enters needs one of their own.",
  Member: "This person is a member there already.",
  Forbidden: "This workspace forbids support to enter: ask one of its Admins to allow it.",
  Live: "This person is in there already: end that first.",
};

/**
 * By whoever operates the deployment. Its Admins are told by a job.
 * @throws StartError that says why nobody enters
 */
export async function beginSupport(worker: Pick<pg.Pool, "query">, asked: Parameters<typeof queries.begin>[1]) {
  const { refused } = await queries.begin(worker, { ...asked, email: asked.email.trim().toLowerCase() });
  if (refused) throw new StartError(REFUSED[refused] ?? refused);
}

export const endSupport = queries.end;

type Deps = { db: Database; mailer: Mailer; publicUrl: string };

/** `workspaces.tell_support`: tells each Admin, in the application and by mail, whatever they chose to be told of. */
export const tellSupportTask =
  ({ db, mailer, publicUrl }: Deps) =>
  async ({ supportId = "" }: Record<string, string>, claim: JobClaim): Promise<void> => {
    const told = await withJob(db, claim, async (tx) => {
      const access = await queries.findAccess(tx, supportId);
      if (!access) return undefined;
      await emit(tx, { type: "workspaces.support_begun", subjectId: access.userId, payload: { supportId } });
      return { access, workspace: await findWorkspace(tx), addresses: await queries.adminAddresses(tx) };
    });
    if (!told) return;
    const { access, workspace, addresses } = told;
    for (const to of addresses)
      await mailer.send({
        to,
        subject: `The operator's support is in ${workspace.name}`,
        text: `${access.name}, of whoever operates this deployment of ContentOS, may read the workspace ${workspace.name} until ${access.endsAt.toISOString()}. They can change nothing, unless you let them.

The reason they gave: ${access.reason}

You can end this, and forbid it for the future, here:

${publicUrl}/w/${workspace.slug}/settings/support
`,
      });
  };
