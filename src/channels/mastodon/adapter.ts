import { randomUUID } from "node:crypto";
import {
  type Account,
  type CallContext,
  type ChannelAdapter,
  ChannelError,
  type Part,
  type Publication,
  type RemotePart,
} from "@/channels/adapter";
import { entityOf, type MastodonCredentials, openServer, unreadable, withoutScope } from "@/channels/mastodon/client";
import { Application, Status } from "@/channels/mastodon/entities";
import { type MastodonInput, mastodonInput, SCOPES } from "@/channels/mastodon/input";
import { lookUp, remotePart } from "@/channels/mastodon/look-up";
import { uploadImages } from "@/channels/mastodon/media";
import { readMetrics } from "@/channels/mastodon/metrics";
import { requireFits } from "@/channels/mastodon/own-limits";
import { mastodonRules } from "@/channels/mastodon/rules";

/** Posts and threads on Mastodon, or on any server that speaks its API. */
export const createMastodonAdapter = (): ChannelAdapter<MastodonInput, MastodonCredentials> => ({
  ...mastodonRules,
  credentials: mastodonInput,
  metricTypes: ["likes", "reposts", "replies"],
  removable: true,
  newKey: () => randomUUID(),
  connect,
  publish,

  async check({ credentials }, context) {
    if (!(await openServer(credentials, context).readAccount())) throw unreadable();
  },

  find: ({ credentials }, part, context, earlier) => lookUp(openServer(credentials, context), part, earlier, context),

  metrics: ({ credentials }, parts, context) => readMetrics(openServer(credentials, context), parts),

  async remove({ credentials }, { remoteId }, context) {
    const server = openServer(credentials, context);
    const path = `/api/v1/statuses/${encodeURIComponent(remoteId)}`;
    const answer = await server.send(path, { method: "DELETE", kind: "write", allow: [404, 410] });
    await answer.body?.cancel();
    // Gone already, or a server that doesn't know the call.
    if (!answer.ok && (await server.readIfThere(path, Status)))
      throw new ChannelError("refused", "This server takes no posts down for other programs: take it down there.");
  },
});

async function connect(input: MastodonInput, context: CallContext) {
  const server = openServer(input, context);
  try {
    const account = await server.readAccount();
    if (!account) throw new ChannelError("refused", "There is no server at this address that speaks Mastodon's API.");
    await requireScopes(server);
    const name = `@${account.username}@${new URL(input.server).host}`;
    return { name, remoteAccount: name, credentials: input };
  } catch (error) {
    if (error instanceof ChannelError && error.kind === "revoked")
      throw new ChannelError("refused", error.message, { cause: error });
    throw error;
  }
}

/** Where the server tells them: better now than with the first post. */
async function requireScopes(server: ReturnType<typeof openServer>): Promise<void> {
  const scopes = (await server.readIfThere("/api/v1/apps/verify_credentials", Application))?.scopes;
  const has = (scope: string) => scopes?.some((held) => held === scope || held === scope.split(":")[0]);
  if (scopes && !SCOPES.every(has)) throw withoutScope();
}

/**
 * Sent with the part's key, by which Mastodon knows a repeat for about an hour. It is looked for first all the same: the
 * hour may be over, and not every server keeps keys.
 */
async function publish(
  { credentials }: Account<MastodonCredentials>,
  publication: Publication,
  part: Part,
  earlier: RemotePart[],
  context: CallContext,
): Promise<RemotePart> {
  if (earlier.length !== part.position) throw new Error(`part ${part.position} with ${earlier.length} before it`);
  const server = openServer(credentials, context);
  const parent = earlier.at(-1);
  if (!parent) await requireFits(server, publication);
  else await requireParent(server, parent);
  const out = await lookUp(server, part, earlier, context);
  if (out) return out;
  const mediaIds = await uploadImages(server, part, context);
  const language = languageOf(publication.language);
  const answer = await server.send("/api/v1/statuses", {
    method: "POST",
    kind: "write",
    headers: { "idempotency-key": part.key },
    json: {
      status: part.text,
      // A thread is in the public timelines by its first part; the rest would flood them.
      visibility: parent ? "unlisted" : "public",
      ...(parent && { in_reply_to_id: parent.remoteId }),
      ...(mediaIds.length > 0 && { media_ids: mediaIds }),
      ...(language && { language }),
    },
  });
  const post = await entityOf(answer, Status, "write");
  if (!post) throw new ChannelError("lost", "Mastodon's answer could not be read; it may have taken the call.");
  return remotePart(post);
}

/** A part whose predecessor was taken down meanwhile would hang in the air; some servers would let it. */
async function requireParent(server: ReturnType<typeof openServer>, { remoteId }: RemotePart): Promise<void> {
  if (!(await server.readIfThere(`/api/v1/statuses/${encodeURIComponent(remoteId)}`, Status)))
    throw new ChannelError("refused", "An earlier part of the thread is gone from Mastodon.");
}

/** Mastodon knows languages by ISO 639, without a country. */
function languageOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}
