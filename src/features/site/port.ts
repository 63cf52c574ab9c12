import { slug as slugOf } from "github-slugger";
import { ChannelError, type Publication, type RemotePart } from "@/channels/adapter";
import type { Site, SitePort } from "@/channels/site/adapter";
import type { Database, WorkspaceTx } from "@/db/client";
import { withJob } from "@/db/scope";
import { type AssetFacts, findNamed, notePageUses } from "@/features/assets";
import { record } from "@/features/audit";
import { workspaceSettings } from "@/features/workspaces";
import type { SystemActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { APPLICATION_PATHS } from "@/platform/host";
import { countWords, renderMarkdown } from "@/platform/markdown";
import { purgePage } from "./purging";
import * as queries from "./queries";
import { pageUrl } from "./service";
import { coverOf, shownAsset } from "./ui/images";
import { addressOfItem } from "./ui/links";

type Deps = { db: Database; publicUrl: string };
type Work<Answer> = (tx: WorkspaceTx, actor: SystemActor) => Promise<Answer>;

/** The site's channel writes pages here, each call in a transaction of the job that makes it. */
export function createSitePort({ db, publicUrl }: Deps): SitePort {
  const within = <Answer>({ workspaceId, job }: Site, work: Work<Answer>): Promise<Answer> => {
    if (!job) throw new Error("The site is written on behalf of a job: name it in the call's context");
    return withJob(db, job, async (tx, actor) => {
      if (actor.workspaceId !== workspaceId) throw new Error("This job is of another workspace than the channel");
      return work(tx, actor);
    });
  };
  const remoteOf = async (tx: WorkspaceTx, page: queries.PageRow): Promise<RemotePart> => {
    return { remoteId: page.id, remoteUrl: pageUrl(publicUrl, await workspaceSettings(tx), page.slug) };
  };
  return {
    async publish(site, publication, { key, text }) {
      const ids = publication.assets.map(({ id }) => id);
      const assets = ids.length === 0 ? [] : await within(site, (tx) => findNamed(tx, ids));
      const prepared = prepare(publication, text, publicUrl, assets);
      return within(site, async (tx, actor) => remoteOf(tx, await putPage(tx, actor, key, prepared, publication.slug)));
    },
    find: (site, key) =>
      within(site, async (tx) => {
        const page = await queries.findPageByKey(tx, key);
        return page ? remoteOf(tx, page) : null;
      }),
    remove: (site, remoteId) =>
      within(site, async (tx, actor) => {
        const page = await queries.markRemoved(tx, remoteId);
        if (!page) return;
        await notePageUses(tx, page.id, []);
        await note(tx, actor, "site.page_removed", page);
        await purgePage(tx, page.id);
      }),
    metrics: (site, remoteIds) =>
      within(site, async (tx) => {
        const { pages, views, reads, clicks } = await queries.totalsOf(tx, remoteIds);
        if (pages === 0) return [];
        return [
          { metricType: "views", value: views },
          { metricType: "reads", value: reads },
          { metricType: "clicks", value: clicks },
        ];
      }),
  };
}

type Prepared = Omit<queries.NewPage, "slug" | "remoteKeys"> & { assetIds: string[] };

/** Done before the transaction, since it takes its time; a text that can't be shown is refused for good. */
function prepare(publication: Publication, text: string, publicUrl: string, assets: AssetFacts[]): Prepared {
  const { contentItemId, versionNumber, title, excerpt, language, canonicalUrl } = publication;
  try {
    const shown = new Map(assets.map((asset) => [asset.id, shownAsset(asset)]));
    const html = renderMarkdown(text, { title, asset: (id) => shown.get(id), item: addressOfItem });
    const [cover] = publication.images;
    return {
      contentItemId,
      versionNumber,
      title,
      body: text,
      html,
      excerpt,
      language,
      wordCount: countWords(text),
      imageUrl: cover ? coverOf(cover.assetId) : firstImage(html),
      canonicalUrl: canonicalUrl?.startsWith(`${publicUrl}/s/`) ? null : (canonicalUrl ?? null),
      assetIds: assets.map(({ id }) => id),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw new ChannelError("refused", cause.message, { cause });
    throw cause;
  }
}

/** The renderer's own output: attributes in double quotes, `&` as a reference. */
const firstImage = (html: string) =>
  html
    .match(/<img src="(https:\/\/[^"]+)"/)?.[1]
    ?.replaceAll("&#x26;", "&")
    .slice(0, 2_000) ?? null;

/** An item has one page. A key that was used changes nothing; a new one brings the page to its version. */
async function putPage(
  tx: WorkspaceTx,
  actor: SystemActor,
  key: string,
  { assetIds, ...prepared }: Prepared,
  chosen: string | undefined,
) {
  // Another publication can take the slug between the look and the insert.
  for (let attempt = 1; attempt <= 5; attempt++) {
    const before = await queries.lockPageOfItem(tx, prepared.contentItemId);
    if (before) return changePage(tx, actor, before, key, { assetIds, ...prepared }, chosen);
    const slug = await freeSlug(tx, chosen ?? prepared.title, undefined);
    const page = await queries.insertPage(tx, { ...prepared, slug, remoteKeys: [key] });
    if (page) {
      await notePageUses(tx, page.id, assetIds);
      await note(tx, actor, "site.page_published", page);
      await purgePage(tx, page.id);
      return page;
    }
  }
  throw new ChannelError("passing", "Too many pages are being published under this address at once.");
}

async function changePage(
  tx: WorkspaceTx,
  actor: SystemActor,
  before: queries.PageRow,
  key: string,
  prepared: Prepared,
  chosen: string | undefined,
) {
  if (before.remoteKeys.includes(key)) {
    if (before.removedAt) throw new ChannelError("refused", "This page was taken down: schedule the item anew.");
    return before;
  }
  const remoteKeys = [...before.remoteKeys, key];
  // One that comes late must not take the page back to an older version.
  if (!before.removedAt && prepared.versionNumber < before.versionNumber) {
    return queries.updatePage(tx, before.id, { remoteKeys }, { touched: false });
  }
  const slug = chosen === undefined || chosen === before.slug ? before.slug : await ifFree(tx, chosen, before);
  const formerSlugs = [...new Set([...before.formerSlugs, before.slug])].filter((former) => former !== slug);
  const revived = before.removedAt !== null;
  const { contentItemId: _same, assetIds, ...said } = prepared;
  const page = await queries.updatePage(tx, before.id, { ...said, remoteKeys, slug, formerSlugs }, { revived });
  await notePageUses(tx, page.id, assetIds);
  await note(tx, actor, "site.page_updated", page);
  await purgePage(tx, page.id);
  return page;
}

const ifFree = async (tx: WorkspaceTx, slug: string, page: queries.PageRow) =>
  (await queries.slugsLike(tx, slug, page.id)).has(slug) ? page.slug : slug;

const MAX_SLUG_CHARS = 100;

/** Of a title, or as it was chosen; with a number where another page has it. */
async function freeSlug(tx: WorkspaceTx, wish: string, exceptPageId: string | undefined): Promise<string> {
  const words = [...slugOf(wish)].slice(0, MAX_SLUG_CHARS).join("");
  const base = words.replace(/-{2,}/g, "-").replace(/^-|-$/g, "") || "page";
  const taken = new Set([...(await queries.slugsLike(tx, base, exceptPageId)), ...APPLICATION_PATHS]);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

const note = (
  tx: WorkspaceTx,
  actor: SystemActor,
  action: string,
  { id, contentItemId, versionNumber }: queries.PageRow,
) => record(tx, actor, { action, subjectType: "site_page", subjectId: id, detail: { contentItemId, versionNumber } });
