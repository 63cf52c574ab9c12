import { Welcome } from "@/screens/welcome";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Welcome" };

export default function Page() {
  return (
    <AllWords>
      <Welcome />
    </AllWords>
  );
}
