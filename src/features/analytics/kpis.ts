import type { reviewFacts } from "@/features/approval";
import type { channelsByIds } from "@/features/channels";
import type { productionFacts } from "@/features/content";
import type { publicationFacts } from "@/features/distribution";
import type { AudienceCoverage, Growth } from "./queries";

type Answer<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>;

export type Facts = {
  production: Answer<typeof productionFacts>;
  reviews: Answer<typeof reviewFacts>;
  publications: Answer<typeof publicationFacts>;
  growth: Growth[];
  coverage: AudienceCoverage[];
  /** Those that something went out on. */
  channels: Answer<typeof channelsByIds>;
  /** The period's local dates, in order. */
  days: string[];
};

/** The KPIs of a period and the one before, as `docs/kpis.md` defines them, with a series by day. */
export function workspaceKpis(facts: Facts) {
  const { production: p, reviews: r, publications: d } = facts;
  const perChannel = publishedPerChannel(facts);
  return {
    kpis: {
      produced: kpi("items", p.produced, p.producedBefore),
      timeToPublishHours: kpi("hours", p.hoursToPublish, p.hoursToPublishBefore),
      approvalTurnaroundHours: kpi("hours", r.hoursToDecide, r.hoursToDecideBefore),
      rejections: kpi("reviews", r.rejected, r.rejectedBefore),
      rejectionRate: kpi("ratio", ratio(r.rejected, r.decided), ratio(r.rejectedBefore, r.decidedBefore)),
      publishedPerChannel: perChannel,
      late: kpi("publications", d.late, d.lateBefore),
      lateByMinutes: kpi("minutes", d.minutesLate, d.minutesLateBefore),
      failed: kpi("publications", d.failed, d.failedBefore),
      unknown: kpi("publications", d.unknown, d.unknownBefore),
      reach: audience("reach", "views", facts),
      engagement: audience("engagement", "actions", facts),
    },
    series: seriesOf(facts),
  };
}

/** A median or a share of nothing is no number, and Unknown. */
const kpi = <const U extends string>(unit: U, value: number | null, previous: number | null) => ({
  value: rounded(value),
  unit,
  state: value === null ? ("Unknown" as const) : ("Measured" as const),
  previous: rounded(previous),
});

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 10_000);
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function publishedPerChannel({ publications, channels }: Facts) {
  const each = publications.channels.map(({ channelId, published, publishedBefore }) => {
    const { network, name } = channels.get(channelId)!;
    return { channelId, network, name, value: published, previous: publishedBefore };
  });
  const value = each.reduce((sum, channel) => sum + channel.value, 0);
  const previous = each.reduce((sum, channel) => sum + channel.previous, 0);
  return { ...kpi("publications", value, previous), channels: each };
}

const NOTHING_KNOWN = { measured: 0, stale: 0, unknown: 0, toldBefore: false };

/** Zero where nothing had gone out; unknown where something had, and nobody told; stale where some of it is. */
function audience<const U extends string>(which: "reach" | "engagement", unit: U, facts: Facts) {
  const { firstDay } = facts.publications;
  const { toldBefore, ...found } = facts.coverage.find(({ kpi }) => kpi === which) ?? { kpi: which, ...NOTHING_KNOWN };
  const coverage = { measured: found.measured, stale: found.stale, unknown: found.unknown };
  const sum = (isBefore: boolean) =>
    facts.growth.reduce((total, day) => (day.isBefore === isBefore ? total + (day[which] ?? 0) : total), 0);
  const nothingOut = firstDay === null || firstDay > facts.days.at(-1)!;
  const nothingOutBefore = firstDay === null || firstDay >= facts.days[0]!;
  const isUnknown = !nothingOut && coverage.measured + coverage.stale === 0;
  const isStale = coverage.stale + coverage.unknown > 0;
  return {
    ...kpi(unit, isUnknown ? null : sum(false), toldBefore || nothingOutBefore ? sum(true) : null),
    state: isUnknown ? ("Unknown" as const) : isStale ? ("Stale" as const) : ("Measured" as const),
    coverage,
  };
}

/** A day of which nothing was told has no number, unless nothing had gone out by then. */
function seriesOf({ production, publications, growth, days }: Facts) {
  const grown = new Map(growth.filter(({ isBefore }) => !isBefore).map((day) => [day.day, day]));
  const { firstDay } = publications;
  return days.map((day) => {
    const silence = firstDay === null || day < firstDay ? 0 : null;
    return {
      day,
      produced: production.producedByDay[day] ?? 0,
      published: publications.publishedByDay[day] ?? 0,
      reach: grown.get(day)?.reach ?? silence,
      engagement: grown.get(day)?.engagement ?? silence,
    };
  });
}
