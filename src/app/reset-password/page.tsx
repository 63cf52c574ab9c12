import { ResetPassword } from "@/screens/reset-password";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Set a password" };

export default function Page() {
  return (
    <AllWords>
      <ResetPassword />
    </AllWords>
  );
}
