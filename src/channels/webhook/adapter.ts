import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { CallContext, ChannelAdapter, Connected, Publication } from "@/channels/adapter";
import { postEvent, requireAccepted, type WebhookCredentials, type WebhookEvent } from "@/channels/webhook/client";
import { type WebhookInput, webhookInput } from "@/channels/webhook/input";
import { publicationData, type SentAsset } from "@/channels/webhook/payload";
import { webhookRules } from "@/channels/webhook/rules";

const newId = () => `msg_${randomUUID()}`;

/** The publication as signed JSON, to any address. What the receiver does with it is its own affair. */
export const createWebhookAdapter = (): ChannelAdapter<WebhookInput, WebhookCredentials> => ({
  ...webhookRules,
  credentials: webhookInput,
  metricTypes: [],
  removable: true,
  connect,
  newKey: newId,

  async check(account, context) {
    await deliver(account.credentials, ping(context), context);
  },

  async publish(account, publication, part, _earlier, context) {
    const data = publicationData(publication, part.key, await assetsFor(publication, context));
    const event = { id: part.key, type: "publication.published", timestamp: part.createdAt, data } as const;
    const answer = await postEvent(account.credentials, event, context);
    await requireAccepted(answer, context);
    return { remoteId: part.key, remoteUrl: await addressIn(answer) };
  },

  /** The standard has no way to ask a receiver what it has: a person looks. */
  async find() {
    return undefined;
  },

  async metrics() {
    return [];
  },

  /** Told as an event of its own; 2xx means that it is down, also where it was before. */
  async remove(account, { remoteId }, context) {
    const timestamp = context.clock.now();
    const event = {
      id: `${remoteId}_removed`,
      type: "publication.removed",
      timestamp,
      data: { id: remoteId },
    } as const;
    await deliver(account.credentials, event, context);
  },
});

/** Looked for before anything is sent. */
async function assetsFor({ assets }: Publication, context: CallContext): Promise<SentAsset[]> {
  const found = await Promise.all(
    assets.map(async (asset) => ({ ...asset, address: await context.assets?.addressOf(asset.id) })),
  );
  return found.flatMap(({ address, ...asset }) => (address ? [{ ...asset, ...address }] : []));
}

async function connect(input: WebhookInput, context: CallContext): Promise<Connected<WebhookCredentials>> {
  const secret = input.secret ?? `whsec_${randomBytes(32).toString("base64")}`;
  const answer = await postEvent({ url: input.url, secret }, ping(context), context);
  // A receiver can't know a secret that was made a moment ago: that it refuses the signature is as it should be.
  const isStranger = input.secret === undefined && (answer.status === 401 || answer.status === 403);
  if (!isStranger) await requireAccepted(answer, context);
  await answer.body?.cancel();
  const { host } = new URL(input.url);
  // Path and query often hold a secret; a digest tells two receivers on one host apart.
  const digest = createHash("sha256").update(input.url).digest("hex").slice(0, 8);
  return {
    name: host,
    remoteAccount: `${host} ${digest}`,
    credentials: { url: input.url, secret },
    ...(input.secret === undefined ? { reveal: { "Signing secret": secret } } : {}),
  };
}

const ping = ({ clock }: CallContext): WebhookEvent => ({
  id: newId(),
  type: "ping",
  timestamp: clock.now(),
  data: {},
});

async function deliver(credentials: WebhookCredentials, event: WebhookEvent, context: CallContext) {
  const answer = await postEvent(credentials, event, context);
  await requireAccepted(answer, context);
  await answer.body?.cancel();
}

/** Where the receiver put it, if it says so as `{"url": "https://…"}`. The status has decided by now; this can't fail. */
async function addressIn(answer: Response): Promise<string | undefined> {
  try {
    const { url } = (await answer.json()) as { url?: unknown };
    return typeof url === "string" && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
