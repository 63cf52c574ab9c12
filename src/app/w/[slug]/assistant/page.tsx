import { Assistant } from "@/screens/assistant";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Assistant" };

export default function Page() {
  return (
    <AllWords>
      <Assistant />
    </AllWords>
  );
}
