import { LegalPage } from "@/screens/legal";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Terms of use" };

export default function Page() {
  return (
    <AllWords>
      <LegalPage document="Terms" />
    </AllWords>
  );
}
