import { Files } from "@/screens/files";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Files" };

export default function Page() {
  return (
    <AllWords>
      <Files />
    </AllWords>
  );
}
