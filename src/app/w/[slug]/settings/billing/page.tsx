import { BillingSettings } from "@/screens/settings/billing";

export const metadata = { title: "Billing" };

export default function Page() {
  return <BillingSettings />;
}
