import type { React, ScopedTx, WorkspaceTx } from "@/db/client";
import { embedSoon } from "@/features/ai";
import { fetchAgain, startFetching, stopFetching } from "@/features/analytics";
import { supersede, supersedeAdaptation, supersedeReview } from "@/features/approval";
import { requireBrandingAssets } from "@/features/assets";
import { openSubscription } from "@/features/billing";
import { createSiteChannel } from "@/features/channels";
import { dropTag, moveTag } from "@/features/content";
import {
  holdArchived,
  holdDisconnected,
  holdOlderVersions,
  holdSuperseded,
  warnOfPlanned,
} from "@/features/distribution";
import { wakeFor } from "@/features/notifications";
import { reindex } from "@/features/search";
import { purgeSite } from "@/features/site";
import { wakeWebhooks } from "@/features/webhooks";
import type { AnyActor } from "@/platform/actor";
import { systemClock } from "@/platform/clock";
import type { EventOf, EventType, GuestEvent } from "@/platform/events";

type Scope<T extends EventType> = T extends GuestEvent["type"] ? ScopedTx : WorkspaceTx;
type Reactions = {
  [T in EventType]?: ((tx: Scope<T>, actor: AnyActor, event: EventOf<T>) => Promise<void>)[];
};

/** What one room's event does in the others, in the same transaction and in this order. */
const REACTIONS: Reactions = {
  "content.created": [async (tx) => embedSoon(tx)],
  "content.version_saved": [
    async (tx) => embedSoon(tx),
    holdOlderVersions,
    (tx, actor, { subjectId }) => supersede(tx, actor, subjectId),
  ],
  "content.adaptation_saved": [
    (tx, actor, { subjectId, payload }) => supersedeAdaptation(tx, actor, subjectId, payload.adaptationId),
  ],
  "content.archived": [holdArchived, (tx, actor, { subjectId }) => supersedeReview(tx, actor, subjectId)],
  "planning.tag_merged": [(tx, _actor, { subjectId, payload }) => moveTag(tx, subjectId, payload.into)],
  "planning.tag_removed": [
    async (tx, _actor, { subjectId }) => {
      await dropTag(tx, subjectId);
    },
  ],
  "approval.superseded": [holdSuperseded],
  "distribution.published": [(tx, _actor, event) => startFetching(tx, event, systemClock.now())],
  "distribution.removed": [(tx, _actor, event) => stopFetching(tx, event, systemClock.now())],
  "channels.connected": [
    (tx, _actor, event) => fetchAgain(tx, event, systemClock.now()),
    (tx, _actor, event) => warnOfPlanned(tx, event),
  ],
  "channels.disconnected": [holdDisconnected],
  "workspaces.language_changed": [(tx) => reindex(tx)],
  "workspaces.branding_changed": [(tx) => requireBrandingAssets(tx)],
  "workspaces.site_changed": [
    async (tx) => {
      await purgeSite(tx);
    },
  ],
  "workspaces.founded": [(tx) => openSubscription(tx), createSiteChannel],
};

export const react: React = async (tx, actor, event) => {
  const reactions = REACTIONS[event.type] as ((...args: Parameters<React>) => Promise<void>)[] | undefined;
  for (const reaction of reactions ?? []) await reaction(tx, actor, event);
  wakeFor(tx, event);
  wakeWebhooks(tx);
};
