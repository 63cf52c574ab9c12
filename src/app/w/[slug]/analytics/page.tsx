import { Analytics } from "@/screens/analytics";

export const metadata = { title: "Analytics" };

export default function Page() {
  return <Analytics />;
}
