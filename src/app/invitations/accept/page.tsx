import { AcceptInvitation } from "@/screens/accept-invitation";

export const metadata = { title: "Invitation" };

export default function Page() {
  return <AcceptInvitation />;
}
