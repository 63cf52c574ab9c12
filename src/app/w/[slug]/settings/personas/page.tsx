import { PersonasSettings } from "@/screens/settings/personas";

export const metadata = { title: "Personas" };

export default function Page() {
  return <PersonasSettings />;
}
