import {
  IconArrowsExchange,
  IconBell,
  IconChecklist,
  IconCreditCard,
  IconHistory,
  IconKey,
  IconLifebuoy,
  IconMasksTheater,
  IconPalette,
  IconSettings,
  IconShieldLock,
  IconSparkles,
  IconTags,
  IconUser,
  IconUsers,
  IconWebhook,
  IconWorld,
} from "@tabler/icons-react";

/** The pages of the settings, by what they concern. */
export const SECTIONS = [
  {
    group: "workspace",
    pages: [
      { path: "general", icon: IconSettings },
      { path: "members", icon: IconUsers },
      { path: "approval", icon: IconChecklist },
      { path: "branding", icon: IconPalette },
      { path: "domain", icon: IconWorld },
      { path: "notifications", icon: IconBell },
      { path: "sign-in", icon: IconShieldLock },
      { path: "billing", icon: IconCreditCard },
    ],
  },
  {
    group: "writing",
    pages: [
      { path: "planning", icon: IconTags },
      { path: "personas", icon: IconMasksTheater },
      { path: "ai", icon: IconSparkles },
    ],
  },
  {
    group: "data",
    pages: [
      { path: "transfer", icon: IconArrowsExchange },
      { path: "audit", icon: IconHistory },
      { path: "support", icon: IconLifebuoy },
    ],
  },
  {
    group: "programs",
    pages: [
      { path: "keys", icon: IconKey },
      { path: "webhooks", icon: IconWebhook },
    ],
  },
  { group: "you", pages: [{ path: "account", icon: IconUser }] },
] as const;
