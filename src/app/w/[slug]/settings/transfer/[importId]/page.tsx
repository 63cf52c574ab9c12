import { ImportReport } from "@/screens/settings/import-report";

export const metadata = { title: "Import" };

export default function Page() {
  return <ImportReport />;
}
