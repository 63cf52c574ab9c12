import {
  IconArrowsExchange,
  IconChecklist,
  IconHistory,
  IconMasksTheater,
  IconPalette,
  IconSettings,
  IconTags,
  IconUser,
  IconUsers,
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
    ],
  },
  {
    group: "writing",
    pages: [
      { path: "planning", icon: IconTags },
      { path: "personas", icon: IconMasksTheater },
    ],
  },
  {
    group: "data",
    pages: [
      { path: "transfer", icon: IconArrowsExchange },
      { path: "audit", icon: IconHistory },
    ],
  },
  { group: "you", pages: [{ path: "account", icon: IconUser }] },
] as const;
