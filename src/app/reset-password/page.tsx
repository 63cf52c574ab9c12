import { ResetPassword } from "@/screens/reset-password";

export const metadata = { title: "Set a password" };

export default function Page() {
  return <ResetPassword />;
}
