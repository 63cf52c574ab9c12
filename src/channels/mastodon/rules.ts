import type { ChannelRules } from "@/channels/adapter";
import { checkParts } from "@/channels/check-parts";
import { postsPreview, tagsIn } from "@/channels/copied-preview";
import { linksIn, mentionsIn } from "@/channels/mastodon/count";
import { limits } from "@/channels/mastodon/limits";

export const mastodonRules: ChannelRules = {
  network: "mastodon",
  label: "Mastodon",
  limits,
  validate: (publication) => checkParts(publication, limits, "Mastodon"),
  preview: postsPreview(limits, (text) => [...linksIn(text), ...mentionsIn(text), ...tagsIn(text)]),
};
