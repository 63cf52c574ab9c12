/**
 * Everything that happens in a workspace and that another room, or somebody
 * outside, may want to know. `docs/events.md` lists them for readers.
 */
export type DomainEvent =
  | { type: "workspaces.founded"; subjectId: string; payload: Record<string, never> }
  | { type: "workspaces.language_changed"; subjectId: string; payload: Record<string, never> }
  | { type: "workspaces.branding_changed"; subjectId: string; payload: Record<string, never> }
  | { type: "workspaces.site_changed"; subjectId: string; payload: { changed: string[] } }
  | { type: "billing.credits_low"; subjectId: string; payload: { remaining: number; included: number } }
  | { type: "billing.credits_exhausted"; subjectId: string; payload: { included: number } }
  | { type: "billing.payment_failed"; subjectId: string; payload: { graceEndsAt: string | null } }
  | { type: "billing.plan_changed"; subjectId: string; payload: { from: string; to: string; status: string } }
  | { type: "workspaces.support_begun"; subjectId: string; payload: { supportId: string } }
  | { type: "workspaces.member_joined"; subjectId: string; payload: { role: string } }
  | { type: "workspaces.member_changed"; subjectId: string; payload: { from: string; to: string } }
  | { type: "notifications.told"; subjectId: string; payload: Record<string, never> }
  | { type: "content.created"; subjectId: string; payload: { versionNumber: number } }
  | {
      type: "content.version_saved";
      subjectId: string;
      payload: { versionNumber: number; previousVersionNumber: number; restoredFrom?: number };
    }
  | { type: "content.version_labelled"; subjectId: string; payload: { versionNumber: number } }
  | { type: "content.adaptation_saved"; subjectId: string; payload: { adaptationId: string } }
  | { type: "content.assigned"; subjectId: string; payload: { userId: string } }
  | { type: "content.archived"; subjectId: string; payload: Record<string, never> }
  | { type: "content.restored"; subjectId: string; payload: Record<string, never> }
  | {
      type: "comments.thread_opened";
      subjectId: string;
      payload: { threadId: string; commentId: string; visibility: string };
    }
  | { type: "comments.replied"; subjectId: string; payload: { threadId: string; commentId: string } }
  | { type: "comments.edited"; subjectId: string; payload: { threadId: string; commentId: string } }
  | { type: "comments.removed"; subjectId: string; payload: { threadId: string; commentId: string } }
  | { type: "comments.resolved"; subjectId: string; payload: { threadId: string } }
  | { type: "comments.reopened"; subjectId: string; payload: { threadId: string } }
  | {
      type: "comments.mentioned";
      subjectId: string;
      payload: { threadId: string; commentId: string; userId: string };
    }
  | {
      type: "content.planned";
      subjectId: string;
      payload: {
        changed: ("dueAt" | "campaignId" | "tagIds")[];
        dueAt: string | null;
        campaignId: string | null;
        tagIds: string[];
      };
    }
  | { type: "content.brief_saved"; subjectId: string; payload: { version: number; personaId: string | null } }
  | { type: "planning.tag_created"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.tag_changed"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.tag_merged"; subjectId: string; payload: { into: string } }
  | { type: "planning.tag_removed"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.campaign_created"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.campaign_changed"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.campaign_archived"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.campaign_restored"; subjectId: string; payload: Record<string, never> }
  | { type: "planning.campaign_removed"; subjectId: string; payload: Record<string, never> }
  | { type: "approval.submitted"; subjectId: string; payload: { submissionId: string; versionNumber: number } }
  | { type: "approval.step_opened"; subjectId: string; payload: { approvalId: string; step: number; role: string } }
  | { type: "approval.approved"; subjectId: string; payload: { submissionId: string; versionNumber: number } }
  | { type: "approval.rejected"; subjectId: string; payload: { submissionId: string; approvalId: string } }
  | { type: "approval.superseded"; subjectId: string; payload: { submissionId: string; versionNumber: number } }
  | { type: "distribution.scheduled"; subjectId: string; payload: { scheduleId: string; channelId: string } }
  | { type: "distribution.rescheduled"; subjectId: string; payload: { scheduleId: string } }
  | { type: "distribution.canceled"; subjectId: string; payload: { scheduleId: string } }
  | { type: "distribution.held"; subjectId: string; payload: { scheduleId: string; reason: string } }
  | {
      type: "distribution.published";
      subjectId: string;
      payload: { scheduleId: string; channelId: string; network: string; versionNumber: number };
    }
  | { type: "distribution.failed"; subjectId: string; payload: { scheduleId: string; channelId: string } }
  | { type: "distribution.unknown"; subjectId: string; payload: { scheduleId: string; channelId: string } }
  | { type: "distribution.removed"; subjectId: string; payload: { scheduleId: string; channelId: string } }
  | { type: "distribution.removal_failed"; subjectId: string; payload: { scheduleId: string; channelId: string } }
  | { type: "review.link_created"; subjectId: string; payload: Record<string, never> }
  | { type: "review.link_revoked"; subjectId: string; payload: Record<string, never> }
  | { type: "review.opened"; subjectId: string; payload: { guestId: string } }
  | { type: "review.approved"; subjectId: string; payload: ReviewDecision }
  | { type: "review.changes_requested"; subjectId: string; payload: ReviewDecision }
  | { type: "review.held"; subjectId: string; payload: ReviewDecision }
  | { type: "assets.uploaded"; subjectId: string; payload: { kind: string; sizeBytes: number; purpose: string } }
  | { type: "assets.refused"; subjectId: string; payload: Record<string, never> }
  | { type: "assets.changed"; subjectId: string; payload: { revision: number } }
  | { type: "assets.removed"; subjectId: string; payload: Record<string, never> }
  | { type: "assets.uploaded"; subjectId: string; payload: { kind: string; sizeBytes: number; purpose: string } }
  | { type: "assets.refused"; subjectId: string; payload: Record<string, never> }
  | { type: "site.domain_added"; subjectId: string; payload: Record<string, never> }
  | { type: "site.domain_verified"; subjectId: string; payload: Record<string, never> }
  | { type: "site.domain_lost"; subjectId: string; payload: Record<string, never> }
  | { type: "site.domain_removed"; subjectId: string; payload: Record<string, never> }
  | { type: "site.primary_domain_changed"; subjectId: string; payload: Record<string, never> }
  | {
      type: "site.trial_ended";
      subjectId: string;
      payload: {
        trialId: string;
        status: "Decided" | "Undecided" | "Stopped";
        reason: "Confident" | "TimeOver" | "PageChanged" | "ByPerson";
        winner: number | null;
        confidence: number | null;
      };
    }
  | { type: "transfer.import_started"; subjectId: string; payload: Record<string, never> }
  | { type: "transfer.import_finished"; subjectId: string; payload: ImportCounts }
  | { type: "transfer.import_failed"; subjectId: string; payload: ImportCounts }
  | { type: "transfer.import_canceled"; subjectId: string; payload: ImportCounts }
  | { type: "transfer.export_finished"; subjectId: string; payload: { items: number; sizeBytes: number } }
  | { type: "forwarding.destination_paused"; subjectId: string; payload: { reason: "Failing" } }
  | { type: "webhooks.endpoint_paused"; subjectId: string; payload: { reason: "Gone" | "Failing" } }
  | { type: "channels.connected"; subjectId: string; payload: { network: string } }
  | { type: "channels.disconnected"; subjectId: string; payload: { network: string } }
  | {
      type: "channels.expiring";
      subjectId: string;
      payload: { network: string; accessEndsAt: string; why: "InDays" | "Planned"; days?: number; scheduleId?: string };
    }
  | { type: "channels.revoked"; subjectId: string; payload: { network: string } };

/** How many entries each thing happened to. */
type ImportCounts = {
  imported: number;
  updated: number;
  unchanged: number;
  conflicts: number;
  skipped: number;
  failed: number;
};

/** What a client decided, by which link and in which receipt. */
type ReviewDecision = {
  linkId: string;
  guestId: string;
  submissionId: string;
  versionNumber: number;
  receiptId: string;
};

export type EventType = DomainEvent["type"];
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;

/** What a client brings about, so that whatever reacts to it runs in the client's scope as well as in a member's. */
export type GuestEvent = EventOf<
  | "approval.step_opened"
  | "approval.approved"
  | "approval.rejected"
  | "comments.thread_opened"
  | "comments.replied"
  | "distribution.held"
  | "review.opened"
  | "review.approved"
  | "review.changes_requested"
  | "review.held"
>;
