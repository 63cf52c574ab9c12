import { SignInSettings } from "@/screens/settings/sign-in";

export const metadata = { title: "Signing in" };

export default function Page() {
  return <SignInSettings />;
}
