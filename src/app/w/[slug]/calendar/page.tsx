import { CalendarScreen } from "@/screens/calendar";

export const metadata = { title: "Calendar" };

export default function Page() {
  return <CalendarScreen />;
}
