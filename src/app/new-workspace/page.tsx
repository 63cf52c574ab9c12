import { NewWorkspace } from "@/screens/new-workspace";

export const metadata = { title: "New workspace" };

export default function Page() {
  return <NewWorkspace />;
}
