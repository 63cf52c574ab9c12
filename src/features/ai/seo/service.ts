import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { getBrief, getContent, itemsTitled, keywordsOfOthers, statesOf } from "@/features/content";
import { workspaceSettings } from "@/features/workspaces";
import { itemsNamedIn } from "@/platform/item-links";
import { plainText } from "@/platform/markdown";
import { ContentMetadata } from "@/platform/writing";
import { analyze } from "./analysis";
import type { AnalyzeSeo, SeoAnalysis } from "./contract";
import { rulesOf } from "./languages/known";
import type { Subject, Surroundings } from "./subject";
import { detected } from "./text/language";
import { stemOf } from "./text/stems";
import { wordsIn } from "./text/words";

type Tx = WorkspaceTx;
type Input = z.output<typeof AnalyzeSeo>;
type Analysis = z.input<typeof SeoAnalysis>;

export type SeoDeps = {
  /** Without a slash at the end. */
  publicUrl: string;
};

const MOST_RIVALS = 11;
/** Of more items with a keyword, the oldest are compared. */
const MOST_COMPARED = 5_000;

type Language = Analysis["language"];
/** `about` is what of the workspace it is, where it is something. */
export type Asked = {
  subject: Subject;
  language: Omit<Language, "judged">;
  about: { contentItemId?: string; versionNumber?: number };
};

/** What is to be judged, as it stands in the workspace: read in a transaction, judged outside it. */
export async function findSubject(tx: Tx, input: Input, deps: SeoDeps, now: Date): Promise<Asked> {
  const { contentItemId: id } = input;
  const item = id === undefined ? undefined : await getContent(tx, id);
  const settings = await workspaceSettings(tx);
  const { body = "", assets = [] } = item?.currentVersion ?? {};
  const metadata = ContentMetadata.parse(item?.currentVersion.metadata ?? {});
  const brief = id === undefined ? undefined : await getBrief(tx, id);
  const text = input.text ?? body;
  const language = languageOf(text, input.language, metadata.language, settings.language);
  const title = input.title ?? item?.title;
  const keyword = input.keyword ?? (brief?.keyword || metadata.keyword) ?? "";
  const alts = new Map(assets.map(({ id: asset, altText }) => [asset, altText]));
  const site = `${deps.publicUrl}/s/${settings.slug}`;
  const subject: Subject = {
    body: text,
    title,
    // As the site has it.
    description: input.description ?? metadata.excerpt ?? metadata.description,
    slug: input.slug ?? metadata.slug,
    keyword,
    hasCover: metadata.imageAssetId !== undefined,
    altOf: (asset) => alts.get(asset),
    isOwn: (url) => url === site || url.startsWith(`${site}/`),
    surroundings:
      item && (await surroundingsOf(tx, item, { title: title ?? "", text, keyword, language: language.code })),
    now,
  };
  const about = item ? { contentItemId: item.id, versionNumber: item.currentVersion.versionNumber } : {};
  return { subject, language, about };
}

type Item = Awaited<ReturnType<typeof getContent>>;
type Page = { title: string; text: string; keyword: string; language: string };

async function surroundingsOf(tx: Tx, item: Item, { title, text, keyword, language }: Page): Promise<Surroundings> {
  const linked = itemsNamedIn(text);
  const states = await statesOf(tx, linked);
  const key = keyOf(keyword, language);
  const others = key === "" ? [] : await keywordsOfOthers(tx, { except: item.id, count: MOST_COMPARED });
  return {
    publishedAt: lastPublished(item),
    sameTitle: title === "" ? [] : await itemsTitled(tx, title, { except: item.id, count: MOST_RIVALS }),
    sameKeyword: others
      .filter((other) => keyOf(other.keyword, language) === key)
      .slice(0, MOST_RIVALS)
      .map((other) => ({ id: other.id, title: other.title })),
    deadLinks: new Set(linked.filter((id) => !states.has(id) || states.get(id)!.archivedAt !== null)),
  };
}

/** What is out is as old as its version, or as the day it first went out, whichever came later. */
function lastPublished({ publishedAt, status, currentVersion: { updatedAt, metadata } }: Item): Date | null {
  const { firstPublishedAt } = ContentMetadata.parse(metadata);
  const first = publishedAt ?? (firstPublishedAt ? new Date(firstPublishedAt) : null);
  if (!first || status !== "Published") return first;
  return new Date(Math.max(first.getTime(), updatedAt.getTime()));
}

/** Two keywords of the same words, whatever their forms and order, are one. */
const keyOf = (keyword: string, language: string): string => {
  const words = wordsIn(keyword, language).map(({ lower }) => lower);
  const meaning = words.filter((word) => !rulesOf(language)?.functionWords.has(word));
  return (meaning.length > 0 ? meaning : words)
    .map((word) => stemOf(word, language))
    .sort()
    .join(" ");
};

const SAMPLE = 8_000;

/** As it was said, else as the text is, else the workspace's. */
function languageOf(text: string, given: string | undefined, ofItem: string | undefined, ofWorkspace: string) {
  const said = given ?? ofItem;
  if (said !== undefined) return { code: short(said), source: given === undefined ? "Item" : "Given" } as const;
  const found = detected(plainText(text.slice(0, SAMPLE).toWellFormed()));
  if (found !== undefined) return { code: found, source: "Detected" } as const;
  return { code: short(ofWorkspace), source: "Workspace" } as const;
}

const short = (tag: string) => tag.split("-")[0]!.toLowerCase();

export async function analyzeSeo({ subject, language }: Asked): Promise<Analysis> {
  const judged = rulesOf(language.code) !== undefined;
  return { ...analyze(subject, language.code), keyword: subject.keyword, language: { ...language, judged } };
}
