import type { z } from "zod";
import type { Adaptable } from "@/channels/network-names";
import { rulesOf } from "@/channels/networks";
import { countGraphemes } from "@/channels/text";
import { AdaptAnswer, claimFaults } from "@/features/ai/adapt/check";
import { readable } from "@/features/ai/adapt/plain";
import { likeness, linksIn, namesIn, numbersIn, unfounded } from "@/features/ai/claims";
import { HeadlineAnswer } from "@/features/ai/headline/check";
import type { Article } from "./articles";

/** Counts of one article, or of all: each of them so many of so many. */
export type Score = Record<string, [met: number, of: number]>;

export function add(scores: Score[]): Score {
  const sum: Score = {};
  for (const [name, [met, of]] of scores.flatMap((score) => Object.entries(score))) {
    const [before, all] = sum[name] ?? [0, 0];
    sum[name] = [before + met, all + of];
  }
  return sum;
}

const met = (of: boolean[]): [number, number] => [of.filter(Boolean).length, of.length];

/** The same leniency as the gateway's: JSON with words around it is JSON. */
function parsed<S extends z.ZodType>(schema: S, text: string | undefined): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(/\{[\s\S]*\}/.exec(text ?? "")?.[0] ?? "")).data;
  } catch {
    return undefined;
  }
}

/** Pairs of which neither says the other's words: shared words below three of five. */
function pairsApart(texts: string[]): [number, number] {
  const pairs = texts.flatMap((one, index) => texts.slice(index + 1).map((other) => likeness(one, other) < 0.6));
  return met(pairs);
}

/** As the checks have it: also without the marks of Markdown. */
const sourceOf = ({ title, body }: Article, link = "") => `${title}\n${body}\n${readable(body)}\n${link}`;
const isFounded = (text: string, source: string) => unfounded(text, source, "en").length === 0;

/** @param raw what the model said at its first try */
export function scoreHeadlines(
  article: Article,
  raw: string | undefined,
  shown: string[],
  { count, maxLength }: { count: number; maxLength: number },
): Score {
  const source = sourceOf(article);
  const first = parsed(HeadlineAnswer, raw)?.suggestions.map(({ text }) => text);
  return {
    "the model's first answer: by the schema": met([first !== undefined]),
    "its headlines: within the length": met((first ?? []).map((text) => countGraphemes(text) <= maxLength)),
    "its headlines: only what the text says": met((first ?? []).map((text) => isFounded(text, source))),
    "its headlines: pairs that differ": pairsApart(first ?? []),
    "shown: articles with at least one": met([shown.length > 0]),
    "shown: of those that were asked for": [shown.length, count],
    "shown: within the length": met(shown.map((text) => countGraphemes(text) <= maxLength)),
    "shown: only what the text says": met(shown.map((text) => isFounded(text, source))),
    "shown: pairs that differ": pairsApart(shown),
  };
}

/** What an adaptation kept of its article. */
export function scoreThread(article: Article, parts: string[], link: string, network: Adaptable = "bluesky"): Score {
  const text = parts.join("\n");
  const source = sourceOf(article, link);
  const publication = { title: article.title, body: article.body, parts, partImages: [] };
  const findings = rulesOf(network).validate({ ...publication, images: [] } as never);
  const names = new Set(namesIn(article.body, "en"));
  const kept = (of: (text: string) => string[]): [number, number] => {
    const has = new Set(of(text));
    return met(of(article.body).map((one) => has.has(one)));
  };
  return {
    "within the network's limits": met([!findings.some(({ severity }) => severity === "Error")]),
    "only what the article says": met([claimFaults(parts, source, "en", rulesOf(network).limits).length === 0]),
    // A post for WordPress is the article itself.
    ...(network !== "wordpress" && { "the link to the article is there": met([text.includes(link)]) }),
    "numbers kept": kept(numbersIn),
    "names kept": met([...names].map((name) => text.includes(name))),
    "links kept": kept(linksIn),
  };
}

/** What a model's thread was before anything was divided or refused. */
export function scoreRawThread(article: Article, raw: string | undefined, link: string): Score {
  const parts = parsed(AdaptAnswer, raw)?.parts;
  const {
    "links kept": _,
    "the link to the article is there": link_,
    ...score
  } = parts ? scoreThread(article, parts, link) : {};
  const named = Object.entries(score).map(([name, value]) => [`its first answer: ${name}`, value] as const);
  return { "the model's first answer: by the schema": met([parts !== undefined]), ...Object.fromEntries(named) };
}
