import { NotificationSettings } from "@/screens/settings/notifications";

export const metadata = { title: "Notifications" };

export default function Page() {
  return <NotificationSettings />;
}
