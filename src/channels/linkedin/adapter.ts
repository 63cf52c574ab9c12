import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type Account,
  type CallContext,
  type ChannelAdapter,
  ChannelError,
  type Connected,
  type Measured,
  type MetricType,
  type Part,
  type PublicationImage,
  type RemotePart,
} from "@/channels/adapter";
import { type AuthorizedInput, authorizedInput } from "@/channels/authorization";
import {
  askForTokens,
  bodyOf,
  endOf,
  type LinkedinApp,
  type LinkedinCredentials,
  memberOf,
  messageOf,
  openClient,
  withRefresh,
} from "@/channels/linkedin/client";
import { fromLittle, toLittle } from "@/channels/linkedin/little";
import { linkedinRules } from "@/channels/linkedin/rules";

type LinkedinAdapter = ChannelAdapter<AuthorizedInput, LinkedinCredentials>;
type Client = ReturnType<typeof openClient>;

const AUTHORIZE_URL = "https://www.linkedin.com/oauth/v2/authorization";
/** Which LinkedIn gives to few: without it nobody can ask what a member has posted. */
const READ_POSTS = "r_member_social";
const READ_NUMBERS = "r_member_postAnalytics";
/** The most that one page of a member's posts holds. */
const MOST_POSTS = 100;

/** Posts of a member. There is no key of ours in a post: what is there is told by its author, text and time. */
export const createLinkedinAdapter = (app: LinkedinApp | undefined): LinkedinAdapter => ({
  ...linkedinRules,
  credentials: authorizedInput,
  metricTypes: ["views", "likes", "reposts", "replies"],
  removable: true,
  newKey: () => randomUUID(),
  keep: (before, { credentials, ...next }) => {
    const kept = withRefresh(before, credentials);
    return { ...next, credentials: kept, accessEndsAt: endOf(kept) };
  },
  connect: (input, context) => connect(app, input, context),
  async check(account, context) {
    await openClient(app, account, context)("/v2/userinfo");
  },
  async publish(account, _publication, part, _earlier, context) {
    const call = openClient(app, account, context);
    const content = await contentOf(call, account, part.images, context);
    const answer = await call(
      "/rest/posts",
      { method: "POST", kind: "write", body: post(account, part, content) },
      [422],
    );
    if (answer.status === 422) return twin(call, account, part, messageOf(await bodyOf(answer)));
    await answer.body?.cancel();
    const urn = answer.headers.get("x-restli-id");
    if (!urn) throw new ChannelError("lost", "LinkedIn took the post and did not say where it is.");
    return remoteOf(urn);
  },
  find: (account, part, context) => find(openClient(app, account, context), account, part),
  metrics: (account, parts, context) => metrics(openClient(app, account, context), account, parts),
  async remove(account, { remoteId }, context) {
    const path = `/rest/posts/${encodeURIComponent(remoteId)}`;
    const answer = await openClient(app, account, context)(path, { method: "DELETE", kind: "write" }, [404]);
    await answer.body?.cancel();
  },
  ...(app && {
    authorization: {
      url({ redirectUri, state }) {
        const url = new URL(AUTHORIZE_URL);
        const { clientId: client_id, scopes } = app;
        const asked = { response_type: "code", client_id, redirect_uri: redirectUri, state, scope: scopes.join(" ") };
        for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
        return url;
      },
    },
  }),
});

async function connect(
  app: LinkedinApp | undefined,
  { code, redirectUri }: AuthorizedInput,
  context: CallContext,
): Promise<Connected<LinkedinCredentials>> {
  if (!app) throw new ChannelError("refused", "This deployment has no app at LinkedIn.");
  const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri } as const;
  const tokens = await askForTokens(app, grant, context);
  const { sub, name } = await memberOf(tokens.accessToken, context);
  const credentials = { ...tokens, memberId: sub };
  return { name: name ?? "LinkedIn", remoteAccount: authorOf(sub), credentials, accessEndsAt: endOf(credentials) };
}

const authorOf = (memberId: string) => `urn:li:person:${memberId}`;

const remoteOf = (urn: string): RemotePart => ({
  remoteId: urn,
  remoteUrl: `https://www.linkedin.com/feed/update/${urn}/`,
});

/** https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api, read 2026-11-28. */
const post = ({ credentials }: Account<LinkedinCredentials>, { text }: Part, content: object | undefined) => ({
  author: authorOf(credentials.memberId),
  commentary: toLittle(text),
  visibility: "PUBLIC",
  distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
  lifecycleState: "PUBLISHED",
  isReshareDisabledByAuthor: false,
  ...(content && { content }),
});

const Upload = z.object({ value: z.object({ uploadUrl: z.url({ protocol: /^https$/ }), image: z.string() }) });
const isLinkedins = (url: string) => /(^|\.)linkedin\.com$/.test(new URL(url).hostname);

/** Images are uploaded ahead of the post, and seen by nobody before it. */
async function contentOf(
  call: Client,
  { credentials }: Account<LinkedinCredentials>,
  images: PublicationImage[],
  { assets }: CallContext,
) {
  const sent: { id: string; altText: string }[] = [];
  for (const { assetId, altText } of images) {
    if (!assets) throw new Error("A publication with images needs a way to them: name it in the call's context");
    const { bytes } = await assets.jpegOf(assetId);
    const body = { initializeUploadRequest: { owner: authorOf(credentials.memberId) } };
    const begun = await call("/rest/images?action=initializeUpload", { method: "POST", body });
    const { data } = Upload.safeParse(await bodyOf(begun));
    // The token goes along: to LinkedIn alone.
    if (!data || !isLinkedins(data.value.uploadUrl))
      throw new ChannelError("passing", "LinkedIn did not say where an image goes.");
    const { uploadUrl, image } = data.value;
    const headers = { "content-type": "application/octet-stream" };
    const answer = await call(uploadUrl, { method: "PUT", body: bytes, headers });
    await answer.body?.cancel();
    sent.push({ id: image, altText });
  }
  if (sent.length === 0) return undefined;
  return sent.length === 1 ? { media: sent[0] } : { multiImage: { images: sent } };
}

/**
 * LinkedIn takes no text twice, and says so with 422 `DUPLICATE_POST` (github.com/ComposioHQ/composio/issues/2710, read
 * 2026-11-28). The post that it names then may be none any more: so it is looked for, or a person looks.
 */
async function twin(call: Client, account: Account<LinkedinCredentials>, part: Part, why: string): Promise<RemotePart> {
  if (!/duplicate/i.test(why)) throw new ChannelError("refused", `LinkedIn refused: ${why || 422}`);
  const found = await find(call, account, part);
  if (found) return found;
  throw found === null
    ? new ChannelError("refused", "LinkedIn has a post with this text already: change it, and have it approved.")
    : new ChannelError("lost", "LinkedIn says that it has this text already.");
}

const Posts = z.object({
  elements: z.array(
    z.object({ id: z.string(), commentary: z.string().default(""), createdAt: z.number(), author: z.string() }),
  ),
});

async function find(call: Client, { credentials }: Account<LinkedinCredentials>, part: Part) {
  if (!credentials.scopes.includes(READ_POSTS)) return undefined;
  const author = authorOf(credentials.memberId);
  const path = `/rest/posts?q=author&author=${encodeURIComponent(author)}&count=${MOST_POSTS}&sortBy=CREATED`;
  const answer = await call(path, { headers: { "x-restli-method": "FINDER" } });
  const { data } = Posts.safeParse(await bodyOf(answer));
  if (!data) throw new ChannelError("passing", "LinkedIn did not say what is there.");
  // With a clock ahead of LinkedIn's, our own post is not known: then LinkedIn refuses it a second time, and nothing is there twice.
  const since = part.createdAt.getTime();
  const text = fromLittle(toLittle(part.text));
  const later = data.elements.filter((one) => one.author === author && one.createdAt >= since);
  const found = later.find(({ commentary }) => fromLittle(commentary) === text);
  if (found) return remoteOf(found.id);
  // Where all of a page is newer, what is behind it was not seen.
  return data.elements.length >= MOST_POSTS && later.length === data.elements.length ? undefined : null;
}

/** https://learn.microsoft.com/linkedin/marketing/community-management/members/post-statistics, read 2026-11-28. */
const NUMBERS: Record<string, MetricType> = {
  IMPRESSION: "views",
  REACTION: "likes",
  RESHARE: "reposts",
  COMMENT: "replies",
};
const Counts = z.object({ elements: z.array(z.object({ count: z.int().min(0) })) });

async function metrics(call: Client, { credentials }: Account<LinkedinCredentials>, parts: RemotePart[]) {
  if (!credentials.scopes.includes(READ_NUMBERS)) return [];
  const measured: Measured[] = [];
  for (const [queryType, metricType] of Object.entries(NUMBERS)) {
    let value = 0;
    for (const { remoteId } of parts) {
      const kind = remoteId.startsWith("urn:li:ugcPost:") ? "ugc" : "share";
      const entity = `(${kind}:${encodeURIComponent(remoteId)})`;
      const query = `q=entity&entity=${entity}&queryType=${queryType}&aggregation=TOTAL`;
      const { data } = Counts.safeParse(await bodyOf(await call(`/rest/memberCreatorPostAnalytics?${query}`)));
      if (!data) throw new ChannelError("passing", "LinkedIn did not say how often it was seen.");
      value += data.elements.reduce((sum, { count }) => sum + count, 0);
    }
    measured.push({ metricType, value });
  }
  return measured;
}
