import { BrandingSettings } from "@/screens/settings/branding";

export const metadata = { title: "Branding" };

export default function Page() {
  return <BrandingSettings />;
}
