import { randomUUID } from "node:crypto";
import { type Member, seedItem } from "#tests/factories";
import type { TestDatabase } from "#tests/harness/database";
import { holdJob } from "#tests/harness/jobs";
import { aPublication } from "#tests/peers/adapter-contract";
import type { CallContext, Publication } from "@/channels/adapter";
import { createSiteAdapter } from "@/channels/site/adapter";
import { enqueue } from "@/db/queue";
import { withWorkspace } from "@/db/scope";
import { createSitePort } from "@/features/site";
import { systemClock } from "@/platform/clock";

export const PUBLIC_URL = "https://contentos.test";

/** The site's channel in the hands of a job of this workspace, over the real port. */
export async function sitePublisher(t: TestDatabase, workspace: { id: string; siteChannelId: string; admin: Member }) {
  const task = `test.publish_${randomUUID()}`;
  await withWorkspace(t.db, { ...workspace.admin, requestId: undefined }, (tx) =>
    enqueue(tx, { task, payload: {}, jobKey: task }),
  );
  const held = await holdJob(t, task);
  const adapter = createSiteAdapter(createSitePort({ db: t.db, publicUrl: PUBLIC_URL }));
  const context: CallContext = {
    fetch: () => Promise.reject(new Error("the site needs no network")),
    clock: systemClock,
    signal: new AbortController().signal,
    job: held.claim,
  };
  const account = {
    workspaceId: workspace.id,
    channelId: workspace.siteChannelId,
    credentials: {},
    saveCredentials: async () => {},
  };
  const partOf = (key: string, text: string) => ({ position: 0, key, createdAt: new Date(), text, images: [] });
  const publish = (publication: Publication, key: string = randomUUID()) =>
    adapter.publish(account, publication, partOf(key, publication.body), [], context);
  return {
    adapter,
    account,
    context,
    publish,
    find: (key: string) => adapter.find(account, partOf(key, ""), context),
    remove: (remoteId: string) => adapter.remove(account, { remoteId, remoteUrl: undefined }, context),
    metrics: (remoteIds: string[]) =>
      adapter.metrics(
        account,
        remoteIds.map((remoteId) => ({ remoteId, remoteUrl: undefined })),
        context,
      ),
    /** An item, and its first version on the site. */
    async publishNew(changes: Partial<Publication> = {}, key?: string) {
      const { title = "Spring launch", body = "It is *here*." } = changes;
      const item = await seedItem(t, { createdBy: workspace.admin, title, body, status: "Published" });
      const publication = aPublication({
        contentItemId: item.id,
        versionNumber: 1,
        title,
        body,
        canonicalUrl: undefined,
        ...changes,
      });
      return { ...(await publish(publication, key)), item, publication };
    },
    close: held.die,
  };
}
