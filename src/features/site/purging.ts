import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { formerSlugs, workspaceSettings } from "@/features/workspaces";
import { originAt } from "@/platform/host";
import { listHostsEverVerified } from "./domains/queries";
import { FEEDS } from "./feeds";
import * as queries from "./queries";

const TASK = "site.purge";

/** A page was published, changed or taken down: what caches have of it, and of what lists it, is to be forgotten. */
export const purgePage = (tx: WorkspaceTx, pageId: string) =>
  enqueue(tx, { task: TASK, payload: { pageId }, jobKey: `${TASK}:${pageId}` });

/** All pages look or lie different from now on. */
export const purgeSite = (tx: WorkspaceTx) => enqueue(tx, { task: TASK, payload: {}, jobKey: `${TASK}:all` });

/** Beside a page itself, the newest ones are forgotten too: they lead to each other. */
const NEWEST = 100;
const AT_MOST = 50_000;

/** Every address, under every host, that may say something older than what is so by now. */
export async function addressesToPurge(tx: WorkspaceTx, publicUrl: string, pageId: string | undefined) {
  const { slug } = await workspaceSettings(tx);
  // A page may still be kept where the site stood before, with the old address in it.
  const homes = [
    ...[slug, ...(await formerSlugs(tx))].map((each) => `${publicUrl}/s/${each}`),
    ...(await listHostsEverVerified(tx)).map((host) => originAt(publicUrl, host)),
  ];
  const pages = await queries.addressesOfPages(tx, pageId, pageId === undefined ? AT_MOST : NEWEST);
  const paths = [...Object.values(FEEDS).map(({ file }) => file), "sitemap.xml", ...pages.map(encodeURIComponent)];
  return homes.flatMap((home) => [home, ...paths.map((path) => `${home}/${path}`)]);
}
