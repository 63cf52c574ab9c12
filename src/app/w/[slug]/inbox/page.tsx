import { Inbox } from "@/screens/inbox";

export const metadata = { title: "Inbox" };

export default function Page() {
  return <Inbox />;
}
