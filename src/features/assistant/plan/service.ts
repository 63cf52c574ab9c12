import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import {
  type AiDeps,
  type Begun,
  begin,
  fenceWith,
  isConfigured,
  likeness,
  type Outcome,
  oneLine,
  personaForPrompt,
  planV1,
  redactSecrets,
  refusalFor,
  requireUse,
  settingsNow,
  settle,
  unfounded,
} from "@/features/ai";
import { getTopContent } from "@/features/analytics";
import { findItem, findVersion, listContent } from "@/features/content";
import { listCampaigns } from "@/features/planning";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import type { AppError } from "@/platform/errors";
import { excerptOf } from "@/platform/markdown";
import type { ProposedPlan, ProposePlan } from "./contract";
import { type Slot, slotsOf, type Week, weekOf } from "./slots";

type Tx = WorkspaceTx;
type Proposed = z.input<typeof ProposedPlan>;
type Value = z.output<typeof PlanAnswer>;
type Best = { id: string; contentItemId: string; title: string; excerpt: string };

/** The shape of a model's answer. */
export const PlanAnswer = z.strictObject({
  ideas: z
    .array(
      z.strictObject({
        title: z.string().max(1_000),
        goal: z.string().max(1_000),
        keyword: z.string().max(300),
        basedOn: z.array(z.string().max(20)).max(10),
      }),
    )
    .max(15),
});

/** What ideas may say and repeat. */
export type PlanSource = { best: Best[]; planned: string[]; language: string };
export type BegunPlan = { week: Week; slots: Slot[]; source: PlanSource; call: Begun<Value> | undefined };

const DAY_MS = 24 * 3_600_000;
const LOOKED_BACK_DAYS = 90;
const MOST_BEST = 8;
const MOST_PLANNED = 100;
const EXCERPT_CHARS = 600;
const MAX_TITLE_CHARS = 120;
/** Shared words from which on two titles are of the same piece. */
const ALIKE = 0.7;

export async function beginPlan(
  tx: Tx,
  actor: Actor,
  { week: day, count, personaId, useModel }: z.output<typeof ProposePlan>,
  deps: AiDeps,
  now: Date,
): Promise<BegunPlan> {
  requireUse(actor);
  const { timeZone, language } = await workspaceSettings(tx);
  const week = weekOf(day, timeZone, now);
  const back = new Date(now.getTime() - LOOKED_BACK_DAYS * DAY_MS).toISOString();
  const top = await getTopContent(tx, { now, from: back, limit: MOST_BEST });
  const due = await listContent(
    tx,
    {
      dueFrom: week.from.toISOString(),
      dueTo: week.to.toISOString(),
      overdue: "false",
      archived: "false",
      sort: "dueAt",
      limit: MOST_PLANNED,
    } as never,
    now,
  );
  const { items: campaigns } = await listCampaigns(tx, { archived: "false", limit: 50, sort: "name" } as never);
  const taken = due.items.flatMap(({ dueAt }) => (dueAt ? [new Date(dueAt)] : []));
  const slots = slotsOf({ week, hours: top.times, taken, campaigns, count, now });
  const best = await bestOf(tx, top.items);
  const source = { best, planned: due.items.map(({ title }) => title), language };
  const settings = await settingsNow(tx);
  if (!useModel || slots.length === 0 || best.length === 0 || !isConfigured(settings, deps))
    return { week, slots, source, call: undefined };
  const persona = await personaForPrompt(tx, personaId);
  const running = [...new Map(slots.flatMap(({ campaign }) => (campaign ? [[campaign.id, campaign]] : []))).values()];
  const call = await begin(tx, actor, deps, {
    operation: "plan",
    prompt: planV1,
    about: { ...(personaId && { personaId }) },
    system: planV1.system,
    user: planV1.user(
      {
        count: slots.length + 2,
        language,
        best: best.map(({ id, title, excerpt }) => ({
          id,
          title: redactSecrets(title),
          excerpt: redactSecrets(excerpt),
        })),
        campaigns: campaigns
          .filter(({ id }) => running.some((one) => one.id === id))
          .map(({ name, goal }) => ({ name: redactSecrets(name), goal: redactSecrets(goal) })),
        planned: source.planned.map(redactSecrets),
        persona,
        brandVoice: settings.brandVoice,
      },
      fenceWith(),
    ),
    schema: PlanAnswer,
    maxOutputTokens: 300 + (slots.length + 2) * 160,
    faults: (value) => {
      const { kept, faults } = checkIdeas(value, source);
      return kept.length < slots.length ? [...faults, `${slots.length} are needed.`] : [];
    },
  });
  return { week, slots, source, call };
}

async function bestOf(tx: Tx, items: readonly { contentItemId: string; title: string }[]): Promise<Best[]> {
  const best: Best[] = [];
  for (const { contentItemId, title } of items) {
    const item = await findItem(tx, contentItemId);
    const version = item && (await findVersion(tx, contentItemId, item.currentVersionNumber));
    if (!version) continue;
    best.push({ id: `B${best.length + 1}`, contentItemId, title, excerpt: excerptOf(version.body, EXCERPT_CHARS) });
  }
  return best;
}

/** Ideas that grow out of what did best and repeat nothing, and what was wrong with the rest. */
export function checkIdeas({ ideas }: Value, { best, planned, language }: PlanSource) {
  const faults: string[] = [];
  const kept: NonNullable<Proposed["slots"][number]["idea"]>[] = [];
  const known = best.map(({ title, excerpt }) => `${title}\n${excerpt}`).join("\n");
  for (const idea of ideas) {
    const [title, goal, keyword] = [oneLine(idea.title), oneLine(idea.goal), oneLine(idea.keyword)];
    const sources = best.filter(({ id }) => idea.basedOn.includes(id));
    const repeated = [...planned, ...best.map((one) => one.title), ...kept.map((one) => one.title)].find(
      (other) => likeness(other, title) >= ALIKE,
    );
    const claims = unfounded(`${title}\n${goal}\n${keyword}`, known, language);
    const fault =
      title === "" || title.length > MAX_TITLE_CHARS || goal === "" || goal.length > 500 || keyword.length > 120
        ? "is empty or too long."
        : sources.length === 0
          ? "names none of the articles that did best."
          : repeated !== undefined
            ? `repeats "${repeated.slice(0, 80)}".`
            : claims.length > 0
              ? `says what the articles don't: ${claims.map(({ text }) => text).join(", ")}.`
              : undefined;
    if (fault) faults.push(`"${title.slice(0, 120)}" ${fault}`);
    else kept.push({ title, goal, keyword, basedOn: sources.map(({ contentItemId }) => contentItemId) });
  }
  return { kept, faults };
}

export async function endPlan(
  tx: Tx,
  actor: Actor,
  { week, slots, source, call }: BegunPlan,
  outcome: Outcome<Value> | undefined,
): Promise<Proposed | AppError> {
  const ideas = outcome && "answer" in outcome ? checkIdeas(outcome.answer.value, source).kept : [];
  const shown = slots.map((slot, at) => ({ ...slot, idea: ideas[at] ?? null }));
  const credits = call && outcome ? await settle(tx, actor, call, outcome, { ideas }) : null;
  if (outcome && "error" in outcome) return refusalFor(outcome.error);
  return {
    ...week,
    slots: shown,
    best: source.best.map(({ contentItemId, title }) => ({ contentItemId, title })),
    generationId: call?.generationId ?? null,
    model: outcome ? outcome.answer.model.id : null,
    credits,
  };
}
