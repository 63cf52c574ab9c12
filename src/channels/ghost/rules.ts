import type { ChannelRules, Finding, Publication } from "@/channels/adapter";
import { articlePreview, checkArticle } from "@/channels/article-fields";
import { ALT, limits } from "@/channels/ghost/limits";
import { fits } from "@/channels/text";

/** A post of Ghost's own: an adaptation's fields, or the item as it is. */
export const ghostRules: ChannelRules = {
  network: "ghost",
  label: "Ghost",
  limits,
  validate: (publication) => [...checkArticle(publication, limits, "Ghost"), ...checkAlt(publication)],
  preview: articlePreview(limits),
};

/** Of the picture that stands for the whole. Those within the text keep theirs. */
const checkAlt = ({ images: [first] }: Publication): Finding[] =>
  first && !fits(first.altText.trim(), ALT)
    ? [
        {
          severity: "Warning",
          code: "alt_text_cut",
          message: "The picture's alt text is longer than Ghost takes: its end is left out.",
        },
      ]
    : [];
