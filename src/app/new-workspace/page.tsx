import { NewWorkspace } from "@/screens/new-workspace";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "New workspace" };

export default function Page() {
  return (
    <AllWords>
      <NewWorkspace />
    </AllWords>
  );
}
