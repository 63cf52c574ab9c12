import type { ChannelRules } from "@/channels/adapter";
import { blueskyInput } from "@/channels/bluesky/input";
import { blueskyRules } from "@/channels/bluesky/rules";
import { ghostInput } from "@/channels/ghost/input";
import { ghostRules } from "@/channels/ghost/rules";
import { siteRules } from "@/channels/site/rules";
import { webhookInput } from "@/channels/webhook/input";
import { webhookRules } from "@/channels/webhook/rules";
import { wordpressInput } from "@/channels/wordpress/input";
import { wordpressRules } from "@/channels/wordpress/rules";

/** Limits, validation and preview of each network, safe in a browser. */
export const CHANNEL_RULES = {
  site: siteRules,
  webhook: webhookRules,
  bluesky: blueskyRules,
  ghost: ghostRules,
  wordpress: wordpressRules,
} satisfies Record<string, ChannelRules>;

export type Network = keyof typeof CHANNEL_RULES;

/** What a person gives to connect each network that isn't built in; strict, safe in a browser. */
export const CHANNEL_INPUTS = {
  webhook: webhookInput,
  bluesky: blueskyInput,
  ghost: ghostInput,
  wordpress: wordpressInput,
};
