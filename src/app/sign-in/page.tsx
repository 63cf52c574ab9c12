import { SignIn } from "@/screens/sign-in";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Sign in" };

export default function Page() {
  return (
    <AllWords>
      <SignIn />
    </AllWords>
  );
}
