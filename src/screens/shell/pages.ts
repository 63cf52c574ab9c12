import type { ComponentType } from "react";
import type { Messages } from "@/ui/text/languages";
import {
  IconAssistant,
  IconCalendar,
  IconChannels,
  IconContent,
  IconInbox,
  IconLibrary,
  IconNumbers,
  IconSettings,
} from "./icons";

type Place = {
  path: string;
  label: keyof Messages["shell"]["pages"];
  icon: ComponentType<{ size?: number; stroke?: number }>;
};

/** The pages of a workspace, in the order of a piece's way through it. */
export const PLACES: Place[] = [
  { path: "content", label: "content", icon: IconContent },
  { path: "calendar", label: "calendar", icon: IconCalendar },
  { path: "inbox", label: "inbox", icon: IconInbox },
  { path: "files", label: "library", icon: IconLibrary },
  { path: "assistant", label: "assistant", icon: IconAssistant },
  { path: "analytics", label: "analytics", icon: IconNumbers },
  { path: "channels", label: "channels", icon: IconChannels },
  { path: "settings", label: "settings", icon: IconSettings },
];
