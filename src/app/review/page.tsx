import { Review } from "@/screens/review";

export const metadata = { title: "Review", referrer: "no-referrer", robots: { index: false } };

export default function Page() {
  return <Review />;
}
