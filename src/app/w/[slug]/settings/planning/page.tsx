import { PlanningSettings } from "@/screens/settings/planning";

export const metadata = { title: "Tags, campaigns and templates" };

export default function Page() {
  return <PlanningSettings />;
}
