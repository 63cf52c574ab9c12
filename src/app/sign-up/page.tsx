import { SignUp } from "@/screens/sign-up";

export const metadata = { title: "Sign up" };

export default function Page() {
  return <SignUp />;
}
