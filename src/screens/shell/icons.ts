/** The icons of the application's places, so that each has one wherever it is named. */
export {
  IconBroadcast as IconChannels,
  IconCalendar,
  IconChartBar as IconNumbers,
  IconFiles as IconContent,
  IconInbox,
  IconPhoto as IconLibrary,
  IconSettings,
  IconSparkles as IconAssistant,
  IconWorld as IconSite,
  IconZoomQuestion as IconQuestion,
} from "@tabler/icons-react";
