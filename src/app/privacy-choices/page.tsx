import { ChoicesPage } from "@/screens/legal";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Your privacy choices" };

export default function Page() {
  return (
    <AllWords>
      <ChoicesPage />
    </AllWords>
  );
}
