import { MembersSettings } from "@/screens/settings/members";

export const metadata = { title: "Members" };

export default function Page() {
  return <MembersSettings />;
}
