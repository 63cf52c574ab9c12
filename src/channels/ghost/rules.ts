import type { ChannelRules } from "@/channels/adapter";
import { articlePreview, checkArticle } from "@/channels/article-fields";
import { limits } from "@/channels/ghost/limits";

/** A post of Ghost's own: an adaptation's fields, or the item as it is. */
export const ghostRules: ChannelRules = {
  network: "ghost",
  label: "Ghost",
  limits,
  validate: (publication) => checkArticle(publication, limits, "Ghost"),
  preview: articlePreview(limits),
};
