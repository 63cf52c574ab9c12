import { Home } from "@/screens/home";

export default function Page() {
  return <Home />;
}
