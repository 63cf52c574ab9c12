import type { Client } from "./client";
import { type Cast, itemOf, type Page, PLAN, type Plan, type Stage, titleOf } from "./stage";

type Told = { client: Client; say: (text: string) => void };
type Made = { id: string; name: string };

const DAY_MS = 24 * 3_600_000;

/** Which guides are about what; the rest have no tag. */
const TAGS: Record<string, { color: string; slugs: readonly string[] }> = {
  Basics: {
    color: "#0a6b5e",
    slugs: ["first-ten-minutes", "workspaces", "roles", "inviting-people", "writing-and-versions", "personas"],
  },
  Publishing: {
    color: "#b35900",
    slugs: [
      "scheduling",
      "adaptations",
      "your-own-site",
      "connecting-bluesky",
      "reading-the-numbers",
      "review-in-steps",
    ],
  },
  "For developers": { color: "#3b5bdb", slugs: ["api-tour", "webhooks", "running-it-yourself", "audit-log"] },
};

/** Days from now on which a guide is due; the rest of what is planned is due tomorrow. */
const DUE_IN_DAYS: Record<string, number> = {
  [PLAN.tomorrow]: 2,
  [PLAN.held]: 3,
  [PLAN.nextWeek]: 7,
  [PLAN.waitsForAda]: 4,
};

/** Before anybody writes: what belongs together, and what is due when. */
export async function planHandbook({ client, say }: Told, { ben }: Cast): Promise<Plan> {
  const now = Date.now();
  const dayIn = (days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10);
  const campaign = await client.post<Made>(ben, "/planning/campaigns", {
    name: "The handbook goes out",
    goal: "Whoever starts on Monday finds the answer before asking.",
    startsOn: dayIn(0),
    endsOn: dayIn(14),
  });
  const tags = new Map<string, string>();
  for (const [name, { color, slugs }] of Object.entries(TAGS)) {
    const { id } = await client.post<Made>(ben, "/planning/tags", { name, color });
    for (const slug of slugs) tags.set(slug, id);
  }
  say(`Ben plans the campaign “${campaign.name}”, and makes tags for what the articles are about.`);
  const isPlanned = new Set<string>(Object.values(PLAN).flat());
  return {
    campaignId: campaign.id,
    placeOf: (slug) => ({
      tagIds: [tags.get(slug)].filter((id) => id !== undefined),
      campaignId: isPlanned.has(slug) ? campaign.id : null,
      dueAt: isPlanned.has(slug) ? new Date(now + (DUE_IN_DAYS[slug] ?? 1) * DAY_MS).toISOString() : null,
    }),
  };
}

/** What the followed piece is to do, and for whom. */
export async function writeBrief(stage: Stage) {
  const { client, say, cast } = stage;
  const { items } = await client.get<Page<Made>>(cast.ben, "/personas?sort=name");
  const persona = items.find(({ name }) => name.startsWith("Writer"))!;
  await client.put(cast.ben, `/content/${itemOf(stage, PLAN.followed).id}/brief`, {
    goal: "Somebody new publishes a first piece within ten minutes.",
    personaId: persona.id,
    keyword: "first ten minutes",
    channelMix: [{ network: "site", count: 1 }],
    keyMessages: ["No account anywhere else is needed."],
    baseVersion: 0,
  });
  say(`Ben briefs ${titleOf(stage, PLAN.followed)}: it is for the persona “${persona.name}”.`);
}

export async function showDue({ client, say, cast }: Stage) {
  const until = new Date(Date.now() + 1.5 * DAY_MS).toISOString();
  const { items } = await client.get<Page<object>>(cast.ben, `/content?dueTo=${until}&sort=dueAt&limit=100`);
  say(
    `${items.length} articles are due by tomorrow; a due date makes no new version, so nothing has to be read again.`,
  );
}

type Publication = { network: string; metrics: { metricType: string; value: number | null; state: string }[] };
type Lineage = {
  persona: { name: string };
  versions: { versionNumber: number; publications: Publication[] }[];
};

/** From whom it was written for to what came of it. */
export async function showLineage(stage: Stage) {
  const { client, say, cast } = stage;
  const path = `/analytics/lineage?contentItemId=${itemOf(stage, PLAN.followed).id}`;
  const { items } = await client.get<Page<Lineage>>(cast.ada, path);
  const { persona, versions } = items[0]!;
  const { versionNumber, publications } = versions[0]!;
  const [{ network, metrics }] = publications as [Publication];
  const views = metrics.find(({ metricType }) => metricType === "views")!;
  say(
    `Its lineage: the persona “${persona.name}” → ${titleOf(stage, PLAN.followed)} → version ${versionNumber} → ${network} → views ${views.value ?? "–"} (${views.state}).`,
  );
}
