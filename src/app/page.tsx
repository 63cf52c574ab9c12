import { Home } from "@/screens/home";
import { AllWords } from "@/ui/text/all-words";

export default function Page() {
  return (
    <AllWords>
      <Home />
    </AllWords>
  );
}
