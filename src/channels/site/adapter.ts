import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Account, CallContext, ChannelAdapter, Measured, Part, Publication, RemotePart } from "@/channels/adapter";
import { networkFault } from "@/channels/fault";
import { siteRules } from "@/channels/site/rules";

/** Which workspace's site is meant, and the job that may write there. */
export type Site = Pick<Account<unknown>, "workspaceId" | "channelId"> & Pick<CallContext, "job">;

/**
 * The workspace's own pages, as the room that owns them offers them. A second `publish` with a part's key changes
 * nothing; a new key of an item that has a page already updates that page. `part.text` is the article in Markdown.
 */
export type SitePort = {
  publish(site: Site, publication: Publication, part: Part): Promise<RemotePart>;
  /** What `publish` answered for this key, unless it was removed. */
  find(site: Site, key: string): Promise<RemotePart | null>;
  /** Removing what is gone already is no error. */
  remove(site: Site, remoteId: string): Promise<void>;
  /** Of these pages together: views, reads and clicks. */
  metrics(site: Site, remoteIds: string[]): Promise<Measured[]>;
};

const siteInput = z.strictObject({});
type SiteCredentials = z.infer<typeof siteInput>;

/** The channel that every workspace has from the start; no account, no secret. */
export const createSiteAdapter = (port: SitePort): ChannelAdapter<SiteCredentials, SiteCredentials> => ({
  ...siteRules,
  credentials: siteInput,
  metricTypes: ["views", "reads", "clicks"],
  removable: true,

  async connect() {
    return { name: "Site", remoteAccount: "site", credentials: {} };
  },

  async check() {
    // The pages are served by this very deployment: there is nobody else to ask.
  },

  newKey: () => randomUUID(),
  publish: (account, publication, part, _earlier, context) =>
    guarded("write", () => port.publish(siteOf(account, context), publication, part)),
  find: (account, part, context) => guarded("read", () => port.find(siteOf(account, context), part.key)),
  metrics: (account, parts, context) =>
    guarded("read", () =>
      port.metrics(
        siteOf(account, context),
        parts.map(({ remoteId }) => remoteId),
      ),
    ),
  remove: (account, part, context) => guarded("write", () => port.remove(siteOf(account, context), part.remoteId)),
});

const siteOf = ({ workspaceId, channelId }: Account<unknown>, { job }: CallContext): Site => ({
  workspaceId,
  channelId,
  job,
});

/** A database that went away in the middle of a commit may have taken it: asked by `find`, as with any network. */
async function guarded<Answer>(call: "read" | "write", act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    throw networkFault(error, call, "The site");
  }
}
