import { SettingsIndex } from "@/screens/settings/index-page";

export const metadata = { title: "Settings" };

export default function Page() {
  return <SettingsIndex />;
}
