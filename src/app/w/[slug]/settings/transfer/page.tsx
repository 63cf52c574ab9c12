import { TransferSettings } from "@/screens/settings/transfer";

export const metadata = { title: "Import and export" };

export default function Page() {
  return <TransferSettings />;
}
