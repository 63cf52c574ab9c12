import { SupportSettings } from "@/screens/settings/support";

export const metadata = { title: "Support access" };

export default function Page() {
  return <SupportSettings />;
}
