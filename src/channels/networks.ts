import type { ChannelRules } from "@/channels/adapter";
import { blueskyRules } from "@/channels/bluesky/rules";
import { instagramRules } from "@/channels/instagram/rules";
import { linkedinRules } from "@/channels/linkedin/rules";
import { mastodonRules } from "@/channels/mastodon/rules";
import type { Adaptable } from "@/channels/network-names";
import { newsletterRules } from "@/channels/newsletter/rules";
import { CHANNEL_RULES, type Network } from "@/channels/rules";
import { wordpressCopyRules } from "@/channels/wordpress/rules";
import { xRules } from "@/channels/x/rules";

/**
 * What can be adapted for. `CHANNEL_RULES` is what can be connected and published to: a network that gets an adapter goes
 * there, and stays here.
 */
export const ADAPTABLE_RULES: Record<Adaptable, ChannelRules> = {
  bluesky: blueskyRules,
  mastodon: mastodonRules,
  x: xRules,
  linkedin: linkedinRules,
  instagram: instagramRules,
  newsletter: newsletterRules,
  wordpress: wordpressCopyRules,
};

/** Of a connected channel's network, or of one that is adapted for without a channel. */
export const rulesOf = (network: string): ChannelRules =>
  (CHANNEL_RULES as Partial<Record<string, ChannelRules>>)[network] ?? ADAPTABLE_RULES[network as Adaptable];

/** For who copies a text there by hand, whether or not an account is connected. */
export const copiedRulesOf = (network: string): ChannelRules =>
  ADAPTABLE_RULES[network as Adaptable] ?? rulesOf(network);

/** Whether there is a publisher for it, so that what is written can go out from here once an account is connected. */
export const canConnect = (network: string): network is Network => network in CHANNEL_RULES;
