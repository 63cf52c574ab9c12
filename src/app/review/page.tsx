import { Review } from "@/screens/review";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Review", referrer: "no-referrer", robots: { index: false } };

export default function Page() {
  return (
    <AllWords>
      <Review />
    </AllWords>
  );
}
