import { ContentList } from "@/screens/content-list";

export const metadata = { title: "Content" };

export default function Page() {
  return <ContentList />;
}
