import type { ChannelRules } from "@/channels/adapter";
import { limits } from "@/channels/site/limits";
import { preview } from "@/channels/site/preview";
import { validate } from "@/channels/site/validate";

export const siteRules: ChannelRules = { network: "site", label: "Site", limits, hasItems: true, validate, preview };
