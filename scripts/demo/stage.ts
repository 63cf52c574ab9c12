import type { Client, Person } from "./client";
import type { Guide } from "./guides";

export type Item = { id: string; title: string; status: string; currentVersion: { versionNumber: number } };
export type Approval = { id: string; step: number; steps: number; status: string; next?: Approval | null };
export type Schedule = {
  id: string;
  status: string;
  scheduledTime: string;
  holdReason: string | null;
  message: string | null;
  lateMs: number | null;
  publishedUrl: string | null;
};
export type Workspace = { id: string; name: string; slug: string; timeZone: string };
export type Channel = { id: string; name: string; network: string };
export type Page<T> = { items: T[] };

export type BlueskyAccount = { service: string; identifier: string; appPassword: string };

export type Cast = { ada: Person; ben: Person; cleo: Person };

/** What is planned of each article before it is written. */
export type Plan = {
  campaignId: string;
  placeOf: (slug: string) => { tagIds: string[]; campaignId: string | null; dueAt: string | null };
};

/** Everything that the acts of the story share. */
export type Stage = {
  client: Client;
  say: (text: string) => void;
  cast: Cast;
  workspace: Workspace;
  site: Channel;
  bluesky: Channel | undefined;
  plan: Plan;
  guides: Map<string, Guide>;
  /** By slug. */
  items: Map<string, Item>;
};

/** What becomes of each guide. Together they leave an item in every status. */
export const PLAN = {
  followed: "first-ten-minutes",
  merged: "writing-and-versions",
  rejected: "reading-the-numbers",
  byClient: "clients-review-without-an-account",
  published: [
    "workspaces",
    "roles",
    "inviting-people",
    "review-in-steps",
    "commenting",
    "scheduling",
    "adaptations",
    "your-own-site",
    "api-tour",
  ],
  tomorrow: "when-a-publication-goes-wrong",
  nextWeek: "webhooks",
  held: "connecting-bluesky",
  waitsForAda: "audit-log",
  waitForBen: ["running-it-yourself", "personas"],
} as const;

/** Those that get a page, now or at their time. */
const WITH_PAGE = new Set<string>([PLAN.followed, PLAN.merged, PLAN.rejected, PLAN.byClient, ...PLAN.published]);
export const hasPage = (slug: string) => WITH_PAGE.has(slug);

export const itemOf = ({ items }: Stage, slug: string): Item => {
  const item = items.get(slug);
  if (!item) throw new Error(`There is no guide ${slug}.md`);
  return item;
};

export const titleOf = (stage: Stage, slug: string) => `“${itemOf(stage, slug).title}”`;
