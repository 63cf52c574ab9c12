import { DomainSettings } from "@/screens/settings/domain";

export const metadata = { title: "Domain" };

export default function Page() {
  return <DomainSettings />;
}
