import { CalendarScreen } from "@/screens/calendar";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Calendar" };

export default function Page() {
  return (
    <AllWords>
      <CalendarScreen />
    </AllWords>
  );
}
