import { ForgotPassword } from "@/screens/forgot-password";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Forgot your password" };

export default function Page() {
  return (
    <AllWords>
      <ForgotPassword />
    </AllWords>
  );
}
