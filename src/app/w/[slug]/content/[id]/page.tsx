import { ContentItemScreen } from "@/screens/content-item";

export const metadata = { title: "Item" };

export default function Page() {
  return <ContentItemScreen />;
}
