import { Members } from "@/screens/members";

export const metadata = { title: "Members" };

export default function Page() {
  return <Members />;
}
