import type { ChannelAdapter } from "@/channels/adapter";
import { createBlueskyAdapter } from "@/channels/bluesky/adapter";
import { createGhostAdapter } from "@/channels/ghost/adapter";
import { createLinkedinAdapter } from "@/channels/linkedin/adapter";
import type { LinkedinApp } from "@/channels/linkedin/client";
import { createMastodonAdapter } from "@/channels/mastodon/adapter";
import type { Network } from "@/channels/rules";
import { createSiteAdapter, type SitePort } from "@/channels/site/adapter";
import { createWebhookAdapter } from "@/channels/webhook/adapter";
import { createWordPressAdapter } from "@/channels/wordpress/adapter";

export type Channels = Record<Network, ChannelAdapter>;

type Given = { site: SitePort; linkedin?: LinkedinApp | undefined };

/** Every network that there is. `site` is how the room of that name keeps its pages; `linkedin`, the operator's app there. */
export const createChannels = ({ site, linkedin }: Given): Channels => ({
  site: createSiteAdapter(site),
  webhook: createWebhookAdapter(),
  bluesky: createBlueskyAdapter(),
  ghost: createGhostAdapter(),
  wordpress: createWordPressAdapter(),
  linkedin: createLinkedinAdapter(linkedin) as ChannelAdapter,
  mastodon: createMastodonAdapter(),
});
