import type { ChannelRules } from "@/channels/adapter";
import { checkImages } from "@/channels/check-parts";
import { limits } from "@/channels/webhook/limits";
import { preview } from "@/channels/webhook/preview";

/** A receiver of one's own takes what it gets: there is little to find. */
export const webhookRules: ChannelRules = {
  network: "webhook",
  label: "Webhook",
  limits,
  validate: (publication) => checkImages(publication, limits, "Webhook"),
  preview,
};
