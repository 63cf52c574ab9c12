import { GeneralSettings } from "@/screens/settings/general";

export const metadata = { title: "General" };

export default function Page() {
  return <GeneralSettings />;
}
