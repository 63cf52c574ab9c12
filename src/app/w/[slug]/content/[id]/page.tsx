import { ContentItemScreen } from "@/screens/content-item";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Item" };

export default function Page() {
  return (
    <AllWords>
      <ContentItemScreen />
    </AllWords>
  );
}
