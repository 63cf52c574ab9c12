import { LegalPage } from "@/screens/legal";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Privacy policy" };

export default function Page() {
  return (
    <AllWords>
      <LegalPage document="Privacy" />
    </AllWords>
  );
}
