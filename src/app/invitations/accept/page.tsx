import { AcceptInvitation } from "@/screens/accept-invitation";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Invitation" };

export default function Page() {
  return (
    <AllWords>
      <AcceptInvitation />
    </AllWords>
  );
}
