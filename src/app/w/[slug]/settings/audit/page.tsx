import { AuditSettings } from "@/screens/settings/audit";

export const metadata = { title: "Audit log" };

export default function Page() {
  return <AuditSettings />;
}
