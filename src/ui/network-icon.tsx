import type { Channel } from "@contentos/sdk";
import {
  IconBrandBluesky,
  IconBrandLinkedin,
  IconBrandMastodon,
  IconBrandWordpress,
  IconGhost,
  IconWebhook,
  IconWorld,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

const ICONS: Record<Channel["network"], ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>> = {
  site: IconWorld,
  webhook: IconWebhook,
  bluesky: IconBrandBluesky,
  ghost: IconGhost,
  mastodon: IconBrandMastodon,
  linkedin: IconBrandLinkedin,
  wordpress: IconBrandWordpress,
};

/** The sign of a network; its name has to stand beside it. */
export function NetworkIcon({ network, size = 16 }: { network: Channel["network"]; size?: number }) {
  const Icon = ICONS[network];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
