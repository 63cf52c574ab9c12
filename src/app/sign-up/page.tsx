import { SignUp } from "@/screens/sign-up";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Sign up" };

export default function Page() {
  return (
    <AllWords>
      <SignUp />
    </AllWords>
  );
}
