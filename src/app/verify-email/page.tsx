import { VerifyEmail } from "@/screens/verify-email";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Confirm your address" };

export default function Page() {
  return (
    <AllWords>
      <VerifyEmail />
    </AllWords>
  );
}
