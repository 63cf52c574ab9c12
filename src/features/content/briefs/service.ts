import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { requireKnown } from "@/features/planning";
import { Brief } from "@/features/planning/contract";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { lockForEditing, noSuchItem, requireLive } from "../access";
import { ContentBrief, type SaveBrief } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** What nobody has written says nothing. */
const UNWRITTEN = { version: 0, ...Brief.parse({}), updatedBy: null, updatedAt: null };

export async function getBrief(tx: Tx, id: string) {
  const found = await queries.findBrief(tx, id);
  if (!found) throw noSuchItem();
  const { brief, persona } = found;
  return {
    ...(brief ? { ...brief, channelMix: Brief.shape.channelMix.parse(brief.channelMix) } : UNWRITTEN),
    contentItemId: id,
    persona: persona && { id: persona.id, name: persona.name, removed: persona.removedAt !== null },
  };
}

export async function saveBrief(
  tx: Tx,
  actor: Actor,
  { id, baseVersion, ...brief }: z.output<typeof SaveBrief> & { id: string },
) {
  requireLive(await lockForEditing(tx, actor, id));
  const before = await getBrief(tx, id);
  if (before.version !== baseVersion) {
    throw new AppError("version_conflict", "This brief was changed meanwhile: merge with it and save again.", {
      extensions: { current: ContentBrief.parse(before) },
    });
  }
  await requireKnown(tx, brief, before);
  await writeBrief(tx, actor, id, brief, baseVersion + 1);
  return getBrief(tx, id);
}

/** Version 1 is the first one. */
export async function writeBrief(tx: Tx, actor: Actor, contentItemId: string, brief: Brief, version: number) {
  const row = { ...brief, contentItemId, updatedBy: actor.userId };
  if (version === 1) await queries.insertBrief(tx, row);
  else await queries.updateBrief(tx, { ...row, version });
  const payload = { version, personaId: brief.personaId };
  await record(tx, actor, {
    action: "content.brief_saved",
    subjectType: "content_item",
    subjectId: contentItemId,
    detail: payload,
  });
  await emit(tx, { type: "content.brief_saved", subjectId: contentItemId, payload });
}
