import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { saveBrief } from "@/features/content";
import { SaveBrief } from "@/features/content/contract";
import { createPersona, findPersonaNamed } from "@/features/personas";
import { CreatePersona } from "@/features/personas/contract";
import { archiveCampaign, campaignNamed, createCampaign, createTag, knownTags } from "@/features/planning";
import { CreateCampaign, CreateTag } from "@/features/planning/contract";
import { memberByEmail, updateWorkspace } from "@/features/workspaces";
import { UpdateWorkspace } from "@/features/workspaces/contract";
import type { Actor } from "@/platform/actor";
import type { LineOf } from "./manifest";
import { SourceProblem } from "./readers/entry";

type Tx = WorkspaceTx;

/*
 * What items of an archive stand on. Words are told apart by their names, and what is here already stays as it is.
 */

/** An archive is what somebody sends: what it says is taken as any request is. */
function sound<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SourceProblem(`contentos.json says what is not taken here: ${issue?.path.join(".")}: ${issue?.message}`);
}

/** A tag of the archive, in its colour. */
export async function addTag(tx: Tx, actor: Actor, tag: LineOf<"tag">) {
  if ((await knownTags(tx, [tag.name])).length === 0) await createTag(tx, actor, sound(CreateTag, tag));
}

/** One that is over is archived once its items have joined it. */
export async function addCampaign(tx: Tx, actor: Actor, { archived: _, ...campaign }: LineOf<"campaign">) {
  if (!(await campaignNamed(tx, campaign.name))) await createCampaign(tx, actor, sound(CreateCampaign, campaign));
}

/** Unless it was here before the archive came. */
export async function closeCampaign(tx: Tx, actor: Actor, name: string, since: Date) {
  const campaign = await campaignNamed(tx, name);
  if (campaign && !campaign.archivedAt && campaign.createdAt >= since) await archiveCampaign(tx, actor, campaign);
}

export async function addPersona(tx: Tx, actor: Actor, persona: LineOf<"persona">) {
  if (!(await findPersonaNamed(tx, persona.name))) await createPersona(tx, actor, sound(CreatePersona, persona));
}

/** Settings that travel; name and address stay this workspace's. Only an Admin sets them. */
export async function applySettings(tx: Tx, actor: Actor, { name: _, ...settings }: LineOf<"workspace">) {
  await updateWorkspace(tx, actor, sound(UpdateWorkspace, settings));
}

export async function campaignIdOf(tx: Tx, name: string | null): Promise<string | null> {
  const campaign = name === null ? undefined : await campaignNamed(tx, name);
  return campaign && !campaign.archivedAt ? campaign.id : null;
}

/** The member with the address that somebody had elsewhere. */
export async function assigneeByEmail(tx: Tx, person: LineOf<"item">["assignee"]): Promise<string | null> {
  return person?.email ? ((await memberByEmail(tx, person.email))?.userId ?? null) : null;
}

/** A brief says by name whom it is for. Answers what could not be taken over. */
export async function addBrief(tx: Tx, actor: Actor, id: string, brief: Record<string, unknown>): Promise<string[]> {
  const { persona, ...rest } = brief;
  const known = typeof persona === "string" ? await findPersonaNamed(tx, persona) : undefined;
  const parsed = SaveBrief.safeParse({ ...rest, personaId: known?.id ?? null, baseVersion: 0 });
  if (!parsed.success) return ["Its brief is not as ContentOS writes one, and was left out."];
  await saveBrief(tx, actor, { id, ...parsed.data });
  return persona && !known ? [`The persona ${String(persona).slice(0, 120)} of its brief is not here.`] : [];
}
