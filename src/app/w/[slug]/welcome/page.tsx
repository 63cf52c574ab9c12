import { Welcome } from "@/screens/welcome";

export const metadata = { title: "Welcome" };

export default function Page() {
  return <Welcome />;
}
