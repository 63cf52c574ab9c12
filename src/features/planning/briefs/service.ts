import type { WorkspaceTx } from "@/db/client";
import { channelsByIds } from "@/features/channels";
import { personasByIds } from "@/features/personas";
import { AppError, type Issue } from "@/platform/errors";
import type { Brief } from "./contract";

type Tx = WorkspaceTx;

const channelIdsOf = ({ channelMix }: Brief) => channelMix.flatMap(({ channelId }) => channelId ?? []);

/** Which of the brief's persona and channels can be named anew: those of this workspace that are still there. */
async function usable(tx: Tx, brief: Brief) {
  const personas = await personasByIds(tx, brief.personaId === null ? [] : [brief.personaId]);
  const channels = await channelsByIds(tx, channelIdsOf(brief));
  return {
    persona: (id: string) => personas.get(id)?.removed === false,
    channel: (id: string) => channels.has(id) && channels.get(id)!.status !== "Disconnected",
  };
}

/**
 * A brief names what is there; what it named before may stay, also when it is gone since.
 *
 * @param path where the brief stands in the body, such as `brief.`
 * @throws AppError `invalid_request` that names each id that is none here
 */
export async function requireKnown(tx: Tx, brief: Brief, before?: Brief, path = "") {
  const { persona, channel } = await usable(tx, brief);
  const kept = new Set(before && channelIdsOf(before));
  const issues: Issue[] = [];
  if (brief.personaId !== null && brief.personaId !== before?.personaId && !persona(brief.personaId))
    issues.push({ path: `${path}personaId`, message: "No persona of this workspace has this id." });
  for (const [at, { channelId }] of brief.channelMix.entries()) {
    if (channelId !== undefined && !kept.has(channelId) && !channel(channelId))
      issues.push({ path: `${path}channelMix.${at}.channelId`, message: "No channel of this workspace has this id." });
  }
  if (issues.length > 0)
    throw new AppError("invalid_request", "Name a persona and channels of this workspace.", { issues });
}

/** The brief without what is gone. */
export async function withoutGone(tx: Tx, brief: Brief): Promise<Brief> {
  const { persona, channel } = await usable(tx, brief);
  return {
    ...brief,
    personaId: brief.personaId !== null && persona(brief.personaId) ? brief.personaId : null,
    channelMix: brief.channelMix.filter(({ channelId }) => channelId === undefined || channel(channelId)),
  };
}
