import {
  type Agent,
  type AppBskyEmbedImages,
  type AppBskyFeedPost,
  AppBskyRichtextFacet,
  AtUri,
  RichText,
  XRPCError,
} from "@atproto/api";
import {
  type Account,
  type CallContext,
  ChannelError,
  type Part,
  type Publication,
  type PublicationImage,
  type RemotePart,
} from "@/channels/adapter";
import {
  type BlueskyCredentials,
  createSession,
  openAgent,
  toChannelError,
  withSession,
} from "@/channels/bluesky/client";
import type { BlueskyInput } from "@/channels/bluesky/input";
import { readMetrics } from "@/channels/bluesky/metrics";

const COLLECTION = "app.bsky.feed.post";

/** An access token outlives its app password by up to two hours; only a renewal asks for the password's life. */
export async function check(account: Account<BlueskyCredentials>, context: CallContext) {
  await openAgent(account, context).renew();
}

export async function metrics(account: Account<BlueskyCredentials>, parts: RemotePart[], context: CallContext) {
  const { agent } = openAgent(account, context);
  return reading(context, () => readMetrics(agent, parts, (uri) => strongRef(agent, uri)));
}

export async function connect(input: BlueskyInput, context: CallContext) {
  try {
    const credentials = withSession(input, await createSession(input, context));
    return { name: `@${credentials.handle}`, remoteAccount: credentials.did, credentials };
  } catch (error) {
    if (error instanceof ChannelError && error.kind === "revoked") {
      throw new ChannelError("refused", error.message, { cause: error });
    }
    throw error;
  }
}

/** `putRecord` with our own key: a second call with the same part writes the same post again. */
export async function publish(
  account: Account<BlueskyCredentials>,
  publication: Publication,
  part: Part,
  earlier: RemotePart[],
  context: CallContext,
): Promise<RemotePart> {
  if (earlier.length !== part.position) throw new Error(`part ${part.position} with ${earlier.length} before it`);
  const { agent } = openAgent(account, context);
  const record = await reading(context, () => composePost(agent, publication, part, earlier, context));
  try {
    const { data } = await agent.com.atproto.repo.putRecord({
      repo: account.credentials.did,
      collection: COLLECTION,
      rkey: part.key,
      record: { ...record },
    });
    return remotePart(account, data.uri);
  } catch (error) {
    throw toChannelError(error, "write", context.clock);
  }
}

export async function find(account: Account<BlueskyCredentials>, part: Part, context: CallContext) {
  const { agent } = openAgent(account, context);
  const uri = AtUri.make(account.credentials.did, COLLECTION, part.key).toString();
  return (await reading(context, () => strongRef(agent, uri))) ? remotePart(account, uri) : null;
}

/** Bluesky takes the removal of what isn't there for done. */
export async function remove(account: Account<BlueskyCredentials>, part: RemotePart, context: CallContext) {
  const { agent } = openAgent(account, context);
  const { host: repo, collection, rkey } = new AtUri(part.remoteId);
  try {
    await agent.com.atproto.repo.deleteRecord({ repo, collection, rkey });
  } catch (error) {
    throw toChannelError(error, "write", context.clock);
  }
}

async function composePost(
  agent: Agent,
  publication: Publication,
  part: Part,
  earlier: RemotePart[],
  context: CallContext,
) {
  const post: AppBskyFeedPost.Record = {
    $type: COLLECTION,
    text: part.text,
    createdAt: part.createdAt.toISOString(),
  };
  const images = await uploadImages(agent, part.images, context);
  if (images.length > 0) post.embed = { $type: "app.bsky.embed.images", images };
  const facets = await findFacets(agent, part.text);
  if (facets.length > 0) post.facets = facets;
  if (isLanguage(publication.language)) post.langs = [publication.language];
  const [root, parent] = [earlier[0], earlier.at(-1)];
  if (root && parent) {
    const rootRef = await requireRef(agent, root);
    post.reply = { root: rootRef, parent: parent === root ? rootRef : await requireRef(agent, parent) };
  }
  return post;
}

/** A blob is named by its bytes, which are the same for an asset: uploaded again, it is the same one. */
async function uploadImages(agent: Agent, images: PublicationImage[], { assets }: CallContext) {
  const embedded: AppBskyEmbedImages.Image[] = [];
  for (const { assetId, altText } of images) {
    if (!assets) throw new Error("A publication with images needs a way to them: name it in the call's context");
    const { bytes, width, height } = await assets.jpegOf(assetId);
    const { data } = await agent.com.atproto.repo.uploadBlob(bytes, { encoding: "image/jpeg" });
    embedded.push({ image: data.blob, alt: altText, aspectRatio: { width, height } });
  }
  return embedded;
}

/** Links, hashtags and mentions. A handle that Bluesky doesn't know stays plain text. */
async function findFacets(agent: Agent, text: string) {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  const facets = [];
  for (const facet of rich.facets ?? []) {
    const [feature] = facet.features;
    if (!AppBskyRichtextFacet.isMention(feature)) facets.push(facet);
    else {
      // Detection leaves the handle where the DID belongs.
      const did = await resolveHandle(agent, feature.did);
      if (did) facets.push({ ...facet, features: [{ ...feature, did }] });
    }
  }
  return facets;
}

async function resolveHandle(agent: Agent, handle: string): Promise<string | undefined> {
  try {
    return (await agent.com.atproto.identity.resolveHandle({ handle })).data.did;
  } catch (error) {
    if (error instanceof XRPCError && error.status === 400) return undefined;
    throw error;
  }
}

/** A post with the hash of what it says now; null where the server clearly doesn't have it. */
async function strongRef(agent: Agent, uri: string): Promise<{ uri: string; cid: string } | null> {
  const { host: repo, collection, rkey } = new AtUri(uri);
  try {
    const { data } = await agent.com.atproto.repo.getRecord({ repo, collection, rkey });
    if (data.cid === undefined) throw new ChannelError("passing", "Bluesky told a post without its hash.");
    return { uri: data.uri, cid: data.cid };
  } catch (error) {
    if (error instanceof XRPCError && isClearNo(error)) return null;
    throw error;
  }
}

const isClearNo = ({ status, error, message }: XRPCError) =>
  error === "RecordNotFound" || (status === 400 && message.startsWith("Could not locate record"));

async function requireRef(agent: Agent, part: RemotePart) {
  const ref = await strongRef(agent, part.remoteId);
  if (!ref) throw new ChannelError("refused", "An earlier part of the thread is gone from Bluesky.");
  return ref;
}

async function reading<Answer>(context: CallContext, read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    throw toChannelError(error, "read", context.clock);
  }
}

const remotePart = ({ credentials }: Account<BlueskyCredentials>, remoteId: string): RemotePart => ({
  remoteId,
  remoteUrl: `https://bsky.app/profile/${credentials.handle}/post/${new AtUri(remoteId).rkey}`,
});

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
