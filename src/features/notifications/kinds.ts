/** What people choose by: each kind of notification belongs to one topic. */
export const TOPICS = [
  "Reviews",
  "Decisions",
  "Mentions",
  "Comments",
  "Assignments",
  "Versions",
  "Publishing",
  "Channels",
  "Members",
  "Transfers",
  "Billing",
  "Audit",
] as const;
export type Topic = (typeof TOPICS)[number];

/** What concerns a team, so that a channel of Slack may be told of it. */
export const SLACK_TOPICS = ["Reviews", "Decisions", "Comments", "Publishing", "Channels"] as const satisfies Topic[];

/** Every kind of notification with its topic; `Mail` is about the mails themselves, and nobody can switch it off. */
export const KINDS = {
  ReviewWaiting: "Reviews",
  ReviewReminder: "Reviews",
  ReviewEscalated: "Reviews",
  Approved: "Decisions",
  Rejected: "Decisions",
  ClientApproved: "Decisions",
  ClientChangesRequested: "Decisions",
  ClientHeld: "Decisions",
  Mentioned: "Mentions",
  Commented: "Comments",
  Replied: "Comments",
  Assigned: "Assignments",
  VersionOverMine: "Versions",
  PublicationFailed: "Publishing",
  PublicationUnknown: "Publishing",
  PublicationHeld: "Publishing",
  PublicationLate: "Publishing",
  RemovalFailed: "Publishing",
  TrialEnded: "Publishing",
  ChannelExpiring: "Channels",
  ChannelRevoked: "Channels",
  MemberJoined: "Members",
  RoleChanged: "Members",
  SupportBegun: "Members",
  ImportFinished: "Transfers",
  ImportFailed: "Transfers",
  ExportFinished: "Transfers",
  CreditsLow: "Billing",
  CreditsExhausted: "Billing",
  PaymentFailed: "Billing",
  PlanChanged: "Billing",
  ForwardingPaused: "Audit",
  MailStopped: "Mail",
} as const satisfies Record<string, Topic | "Mail">;
export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** When a mail tells of it. */
export const EMAIL = ["Now", "Daily", "Weekly", "Off"] as const;
export type Choice = { inApp: boolean; email: (typeof EMAIL)[number] };
export type Choices = Record<Topic, Choice>;

/** What waits for a person or went wrong is mailed at once; what can wait is gathered; the rest is in the application. */
export const DEFAULTS: Choices = {
  Reviews: { inApp: true, email: "Now" },
  Decisions: { inApp: true, email: "Now" },
  Mentions: { inApp: true, email: "Now" },
  Comments: { inApp: true, email: "Daily" },
  Assignments: { inApp: true, email: "Now" },
  Versions: { inApp: true, email: "Off" },
  Publishing: { inApp: true, email: "Now" },
  Channels: { inApp: true, email: "Now" },
  Members: { inApp: true, email: "Off" },
  Transfers: { inApp: true, email: "Off" },
  Billing: { inApp: true, email: "Now" },
  Audit: { inApp: true, email: "Now" },
};

type Placed = { kind: Kind; subjectId: string; contentItemId: string | null };

/** Where one goes from a notification, within the workspace's pages. */
export function placeOf({ kind, subjectId, contentItemId }: Placed): string {
  if (contentItemId) return `content/${contentItemId}`;
  switch (KINDS[kind]) {
    case "Channels":
      return "channels";
    case "Members":
      if (kind === "SupportBegun") return "settings/support";
      return kind === "RoleChanged" ? "settings/account" : "settings/members";
    case "Transfers":
      return kind === "ExportFinished" ? "settings/transfer" : `settings/transfer/${subjectId}`;
    case "Billing":
      return "settings/billing";
    case "Audit":
      return "settings/audit?part=forwarding";
    case "Mail":
      return "settings/account";
    default:
      return "content";
  }
}
