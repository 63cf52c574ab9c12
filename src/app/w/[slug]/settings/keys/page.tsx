import { KeysSettings } from "@/screens/settings/keys";

export const metadata = { title: "API keys" };

export default function Page() {
  return <KeysSettings />;
}
