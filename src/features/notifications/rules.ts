import type { Role } from "@/platform/actor";
import type { EventType } from "@/platform/events";
import type { Kind } from "./kinds";

/** Who somebody is to what happened; `queries.ts` says how each is found. */
export type Relation =
  | "deciders"
  | "submitter"
  | "writer"
  | "creator"
  | "assignee"
  | "named"
  | "thread"
  | "writerBefore"
  | "scheduler"
  | "schedulerIfLate"
  | "plannersAfterEnd"
  | "editors"
  | "admins"
  | "subject"
  | "importer"
  | "exporter";

export type Rule = {
  kind: Kind;
  to: readonly Relation[];
  /** The least role that may see it, where not every member does. */
  least?: Role;
  /** Told to who did it as well: a job did it for them. */
  self?: true;
  /** Not where a client did it, since an event of the client's own tells of that. */
  byMembers?: true;
  /** Where several events tell of one thing, by what it is known; a person is told once of it. */
  once?: (event: { subjectId: string; payload: Record<string, unknown> }) => string;
};

const WHOSE = ["submitter", "writer", "creator", "assignee"] as const;
const PLANNERS = ["scheduler", "editors"] as const;

/** Of which event who is told what. Nobody is told of their own act, and only members are told. */
export const RULES: { [T in EventType]?: Rule } = {
  "approval.step_opened": { kind: "ReviewWaiting", to: ["deciders"] },
  "approval.approved": { kind: "Approved", to: WHOSE, byMembers: true },
  "approval.rejected": { kind: "Rejected", to: WHOSE, byMembers: true },
  "review.approved": { kind: "ClientApproved", to: [...WHOSE, "editors"] },
  "review.changes_requested": { kind: "ClientChangesRequested", to: [...WHOSE, "editors"] },
  "review.held": { kind: "ClientHeld", to: [...WHOSE, "editors"] },
  "comments.mentioned": { kind: "Mentioned", to: ["named"] },
  "comments.thread_opened": { kind: "Commented", to: ["writer", "creator", "assignee"] },
  "comments.replied": { kind: "Replied", to: ["thread"] },
  "content.assigned": { kind: "Assigned", to: ["named"] },
  "content.version_saved": { kind: "VersionOverMine", to: ["writerBefore"] },
  "distribution.failed": { kind: "PublicationFailed", to: PLANNERS },
  "distribution.unknown": { kind: "PublicationUnknown", to: PLANNERS },
  "distribution.held": { kind: "PublicationHeld", to: PLANNERS },
  "distribution.published": { kind: "PublicationLate", to: ["schedulerIfLate"] },
  "distribution.removal_failed": { kind: "RemovalFailed", to: PLANNERS },
  "site.trial_ended": { kind: "TrialEnded", to: ["creator", "editors"] },
  "channels.expiring": {
    kind: "ChannelExpiring",
    to: ["admins", "plannersAfterEnd"],
    least: "Editor",
    self: true,
    once: ({ subjectId, payload: { accessEndsAt, why, days = "" } }) => `${why}${days}:${subjectId}:${accessEndsAt}`,
  },
  "channels.revoked": { kind: "ChannelRevoked", to: ["editors"], least: "Editor" },
  "workspaces.member_joined": { kind: "MemberJoined", to: ["admins"], least: "Admin" },
  "workspaces.support_begun": { kind: "SupportBegun", to: ["admins"], least: "Admin", self: true },
  "workspaces.member_changed": { kind: "RoleChanged", to: ["subject"] },
  "transfer.import_finished": { kind: "ImportFinished", to: ["importer"], least: "Editor", self: true },
  "transfer.import_failed": { kind: "ImportFailed", to: ["importer"], least: "Editor", self: true },
  "transfer.export_finished": { kind: "ExportFinished", to: ["exporter"], least: "Admin", self: true },
  "billing.credits_low": { kind: "CreditsLow", to: ["admins"], least: "Admin", self: true },
  "billing.credits_exhausted": { kind: "CreditsExhausted", to: ["admins"], least: "Admin", self: true },
  "billing.payment_failed": { kind: "PaymentFailed", to: ["admins"], least: "Admin", self: true },
  "forwarding.destination_paused": { kind: "ForwardingPaused", to: ["admins"], least: "Admin", self: true },
  "billing.plan_changed": { kind: "PlanChanged", to: ["admins"], least: "Admin", self: true },
};

export const TOLD_OF = Object.keys(RULES) as EventType[];
export const ruleOf = (type: string): Rule | undefined => RULES[type as EventType];

/** How late a publication goes out before who planned it is told, in ms. */
export const LATE_MS = 15 * 60_000;

/** The kinds that only some roles see, by the least of them. */
export const LEAST: ReadonlyMap<Role, Kind[]> = Object.values(RULES).reduce((by, { kind, least }) => {
  if (least) by.set(least, [...(by.get(least) ?? []), kind]);
  return by;
}, new Map<Role, Kind[]>());
