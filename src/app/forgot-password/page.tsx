import { ForgotPassword } from "@/screens/forgot-password";

export const metadata = { title: "Forgot your password" };

export default function Page() {
  return <ForgotPassword />;
}
