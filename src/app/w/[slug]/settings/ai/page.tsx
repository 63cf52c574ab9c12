import { AiSettings } from "@/screens/settings/ai";

export const metadata = { title: "AI" };

export default function Page() {
  return <AiSettings />;
}
