import { Analytics } from "@/screens/analytics";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Analytics" };

export default function Page() {
  return (
    <AllWords>
      <Analytics />
    </AllWords>
  );
}
