import type { ChannelRules } from "@/channels/adapter";
import { limits } from "@/channels/bluesky/limits";
import { preview } from "@/channels/bluesky/preview";
import { validate } from "@/channels/bluesky/validate";

export const blueskyRules: ChannelRules = { network: "bluesky", label: "Bluesky", limits, validate, preview };
