import type { ChannelRules } from "@/channels/adapter";
import { limits } from "@/channels/webhook/limits";
import { preview } from "@/channels/webhook/preview";

/** A receiver of one's own takes what it gets: there is nothing to find. */
export const webhookRules: ChannelRules = {
  network: "webhook",
  label: "Webhook",
  limits,
  validate: () => [],
  preview,
};
