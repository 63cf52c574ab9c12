import { WebhooksSettings } from "@/screens/settings/webhooks";

export const metadata = { title: "Webhooks" };

export default function Page() {
  return <WebhooksSettings />;
}
