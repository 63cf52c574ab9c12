/** The icons of the application's places, so that each has one wherever it is named. */
export {
  IconBroadcast as IconChannels,
  IconCalendar,
  IconFiles as IconContent,
  IconInbox,
  IconWorld as IconSite,
  IconZoomQuestion as IconQuestion,
} from "@tabler/icons-react";
