import type { z } from "zod";
import type { ChannelRules } from "@/channels/adapter";
import { blueskyInput } from "@/channels/bluesky/input";
import { blueskyRules } from "@/channels/bluesky/rules";
import { ghostInput } from "@/channels/ghost/input";
import { ghostRules } from "@/channels/ghost/rules";
import { linkedinRules } from "@/channels/linkedin/rules";
import { mastodonInput } from "@/channels/mastodon/input";
import { mastodonRules } from "@/channels/mastodon/rules";
import type { GIVEN } from "@/channels/network-names";
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
  linkedin: linkedinRules,
  mastodon: mastodonRules,
  wordpress: wordpressRules,
} satisfies Record<string, ChannelRules>;

export type Network = keyof typeof CHANNEL_RULES;

/** What every workspace has from its founding. */
export const BUILT_IN = "site" satisfies Network;

/** What a person gives to connect each of them; strict, safe in a browser. */
export const CHANNEL_INPUTS = {
  webhook: webhookInput,
  bluesky: blueskyInput,
  mastodon: mastodonInput,
  ghost: ghostInput,
  wordpress: wordpressInput,
} satisfies Record<(typeof GIVEN)[number], z.ZodType>;
