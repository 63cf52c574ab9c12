import type { ChannelRules } from "@/channels/adapter";
import { addressesIn } from "@/channels/addresses";
import { checkParts } from "@/channels/check-parts";
import { mentionsIn, postsPreview, tagsIn } from "@/channels/copied-preview";
import { limits } from "@/channels/x/limits";

export const xRules: ChannelRules = {
  network: "x",
  label: "X",
  limits,
  validate: (publication) => checkParts(publication, limits, "X"),
  preview: postsPreview(limits, (text) => [...addressesIn(text), ...mentionsIn(text), ...tagsIn(text)]),
};
