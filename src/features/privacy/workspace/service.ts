import type { z } from "zod";
import type { PersonTx, WorkspaceTx } from "@/db/client";
import { dequeue, enqueue } from "@/db/queue";
import { thawWorkspace } from "@/db/scope";
import { record } from "@/features/audit";
import { workspaceSettings } from "@/features/workspaces";
import { constraintOf, sqlState } from "@/http/problem";
import type { Actor, Person } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import type { Mail } from "@/platform/mailer";
import type { AskWorkspaceErasure } from "./contract";
import * as queries from "./queries";

const DAY_MS = 86_400_000;
export const ERASE_WORKSPACE = "privacy.erase_workspace";

type Asked = { erasure: Awaited<ReturnType<typeof queries.insertErasure>>; mails: Mail[] };

/**
 * What follows is the database's: from here on whoever enters changes nothing.
 * @param graceDays days until it is done, in which it can be taken back
 */
export async function askWorkspaceErasure(
  tx: WorkspaceTx,
  actor: Actor,
  { name }: Pick<z.output<typeof AskWorkspaceErasure>, "name">,
  { now, graceDays, publicUrl }: { now: Date; graceDays: number; publicUrl: string },
): Promise<Asked> {
  const workspace = await workspaceSettings(tx);
  if (name.trim() !== workspace.name.trim())
    throw new AppError("name_mismatch", `This is not the workspace's name: write ${workspace.name} to erase it.`);
  if (await queries.isHeld(tx))
    throw new AppError(
      "legal_hold",
      "A legal hold keeps everything of this workspace: an Admin ends it under Settings, Audit log, before it is erased.",
    );
  const dueAt = new Date(now.getTime() + graceDays * DAY_MS);
  const erasure = await queries.insertErasure(tx, { id: newId(), dueAt }).catch((raised: unknown) => {
    if (constraintOf(raised) === "privacy_workspace_erasures_one")
      throw new AppError("erasure_waiting", "This has been asked for already: wait for it, or take it back.", {
        cause: raised,
      });
    if (sqlState(raised) === "42501")
      throw new AppError(
        "forbidden",
        "Only its owner has a workspace erased: ask them, or have it handed over to you.",
      );
    throw raised;
  });
  await enqueue(tx, {
    task: ERASE_WORKSPACE,
    payload: { erasureId: erasure.id },
    runAt: dueAt,
    jobKey: ERASE_WORKSPACE,
  });
  record(tx, actor, {
    action: "privacy.workspace_erasure_asked",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { dueAt: dueAt.toISOString() },
  });
  const link = `${publicUrl}/w/${workspace.slug}/settings`;
  const mails = (await queries.adminAddresses(tx)).map((to) => ({
    to,
    subject: `The workspace ${workspace.name} is going to be erased`,
    text: `Its owner has asked that the workspace ${workspace.name} is erased with everything in it, on ${dueAt.toISOString()}.

Until then nothing can be changed in it and nothing is published from it; its site stays as it is. Any of its Admins can take that back here:

${link}

Afterwards nothing of it can be brought back.
`,
  }));
  return { erasure, mails };
}

export const getWorkspaceErasure = async (tx: WorkspaceTx) => ({ erasure: await queries.findWaiting(tx) });

export async function undoWorkspaceErasure(
  personTx: PersonTx,
  person: Person,
  claim: { sessionId: string; workspaceId: string },
) {
  const { tx, actor } = await thawWorkspace(personTx, person, claim);
  await dequeue(tx, ERASE_WORKSPACE);
  record(tx, actor, {
    action: "privacy.workspace_erasure_undone",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
  });
  return { erasure: null };
}

export const listOwnWorkspaceErasures = async (tx: PersonTx) => ({ items: await queries.listOwn(tx) });
