import { AccountSettings } from "@/screens/settings/account";

export const metadata = { title: "Your account" };

export default function Page() {
  return <AccountSettings />;
}
