/** The icons of the application's places, so that each has one wherever it is named. */
export {
  IconCalendar as IconPlan,
  IconChartBar as IconNumbers,
  IconFiles as IconContent,
  IconInbox,
  IconPhoto as IconLibrary,
  IconPlugConnected as IconChannels,
  IconSettings,
  IconWorld as IconSite,
  IconZoomQuestion as IconQuestion,
} from "@tabler/icons-react";
