import { ApprovalSettings } from "@/screens/settings/approval";

export const metadata = { title: "Approval policy" };

export default function Page() {
  return <ApprovalSettings />;
}
