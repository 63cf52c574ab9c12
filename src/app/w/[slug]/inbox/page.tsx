import { Inbox } from "@/screens/inbox";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Inbox" };

export default function Page() {
  return (
    <AllWords>
      <Inbox />
    </AllWords>
  );
}
