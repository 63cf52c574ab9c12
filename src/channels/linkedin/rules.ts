import type { ChannelRules } from "@/channels/adapter";
import { checkParts } from "@/channels/check-parts";
import { postsPreview, tagsIn, webLinksIn } from "@/channels/copied-preview";
import { limits } from "@/channels/linkedin/limits";

/** A mention is chosen from LinkedIn's own list while writing there: an @ alone calls nobody. */
export const linkedinRules: ChannelRules = {
  network: "linkedin",
  label: "LinkedIn",
  limits,
  validate: (publication) => checkParts(publication, limits, "LinkedIn"),
  preview: postsPreview(limits, (text) => [...webLinksIn(text), ...tagsIn(text)]),
};
