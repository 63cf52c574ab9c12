import type { ChannelAdapter } from "@/channels/adapter";
import { createBlueskyAdapter } from "@/channels/bluesky/adapter";
import { createGhostAdapter } from "@/channels/ghost/adapter";
import type { Network } from "@/channels/rules";
import { createSiteAdapter, type SitePort } from "@/channels/site/adapter";
import { createWebhookAdapter } from "@/channels/webhook/adapter";
import { createWordPressAdapter } from "@/channels/wordpress/adapter";

export type Channels = Record<Network, ChannelAdapter>;

/** Every network that there is. `site` is how the room of that name keeps its pages. */
export const createChannels = ({ site }: { site: SitePort }): Channels => ({
  site: createSiteAdapter(site),
  webhook: createWebhookAdapter(),
  bluesky: createBlueskyAdapter(),
  ghost: createGhostAdapter(),
  wordpress: createWordPressAdapter(),
});
