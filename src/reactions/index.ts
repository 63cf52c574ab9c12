import type { React } from "@/db/client";
import { fetchAgain, startFetching, stopFetching } from "@/features/analytics";
import { supersede, supersedeAdaptation, supersedeReview } from "@/features/approval";
import { requireBrandingAssets } from "@/features/assets";
import { openSubscription } from "@/features/billing";
import { createSiteChannel } from "@/features/channels";
import { holdArchived, holdDisconnected, holdOlderVersions, holdSuperseded } from "@/features/distribution";
import { systemClock } from "@/platform/clock";
import type { EventOf, EventType } from "@/platform/events";

type Reactions = {
  [T in EventType]?: ((...args: [Parameters<React>[0], Parameters<React>[1], EventOf<T>]) => Promise<void>)[];
};

/** What one room's event does in the others, in the same transaction and in this order. */
const REACTIONS: Reactions = {
  "content.version_saved": [holdOlderVersions, (tx, actor, { subjectId }) => supersede(tx, actor, subjectId)],
  "content.adaptation_saved": [
    (tx, actor, { subjectId, payload }) => supersedeAdaptation(tx, actor, subjectId, payload.adaptationId),
  ],
  "content.archived": [holdArchived, (tx, actor, { subjectId }) => supersedeReview(tx, actor, subjectId)],
  "approval.superseded": [holdSuperseded],
  "distribution.published": [(tx, _actor, event) => startFetching(tx, event, systemClock.now())],
  "distribution.removed": [(tx, _actor, event) => stopFetching(tx, event, systemClock.now())],
  "channels.connected": [(tx, _actor, event) => fetchAgain(tx, event, systemClock.now())],
  "channels.disconnected": [holdDisconnected],
  "workspaces.branding_changed": [(tx) => requireBrandingAssets(tx)],
  "workspaces.founded": [(tx) => openSubscription(tx), createSiteChannel],
};

export const react: React = async (tx, actor, event) => {
  const reactions = REACTIONS[event.type] as ((...args: Parameters<React>) => Promise<void>)[] | undefined;
  for (const reaction of reactions ?? []) await reaction(tx, actor, event);
};
